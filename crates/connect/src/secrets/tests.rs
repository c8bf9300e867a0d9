use std::fs;

use super::*;

fn kept(vault: &Vault, name: &str) -> Option<String> {
    vault.get(name).expect("readable").map(|secret| secret.reveal().to_owned())
}

#[test]
fn a_secret_is_kept_changed_and_forgotten_by_its_name() {
    let folder = tempfile::tempdir().expect("folder");
    let vault = Vault::in_folder(folder.path(), None).expect("vault");
    assert_eq!((vault.kept_in(), kept(&vault, "shop/1")), (KeptIn::KeyFile, None));
    vault.set("shop/1", &Secret::new("tok-1")).expect("kept");
    vault.set("shop/2", &Secret::new("Ünï \u{0} \"x\"")).expect("kept");
    vault.set("shop/1", &Secret::new("tok-2")).expect("kept");
    let again = Vault::in_folder(folder.path(), None).expect("vault");
    assert_eq!(kept(&again, "shop/1").as_deref(), Some("tok-2"));
    assert_eq!(kept(&again, "shop/2").as_deref(), Some("Ünï \u{0} \"x\""));
    again.remove("shop/1").expect("forgotten");
    again.remove("shop/9").expect("nothing to forget");
    assert_eq!((kept(&vault, "shop/1"), kept(&vault, "shop/2").is_some()), (None, true));
}

#[test]
fn a_passphrase_is_needed_and_must_be_the_same() {
    let folder = tempfile::tempdir().expect("folder");
    let right = Secret::new("correct horse battery staple");
    let vault = Vault::in_folder(folder.path(), Some(&right)).expect("vault");
    vault.set("shop/1", &Secret::new("tok-1")).expect("kept");
    assert_eq!(vault.kept_in(), KeptIn::PassphraseFile);
    assert!(!folder.path().join("secrets.key").exists());
    let again = Vault::in_folder(folder.path(), Some(&right)).expect("vault");
    assert_eq!(kept(&again, "shop/1").as_deref(), Some("tok-1"));
    let wrong = Vault::in_folder(folder.path(), Some(&Secret::new("correct horse")));
    assert!(matches!(wrong, Err(VaultError::DoesNotOpen(_))), "{wrong:?}");
    assert!(matches!(Vault::in_folder(folder.path(), None), Err(VaultError::NeedsPassphrase(_))));
}

#[test]
fn one_made_without_a_passphrase_says_so() {
    let folder = tempfile::tempdir().expect("folder");
    Vault::in_folder(folder.path(), None).expect("vault");
    let with = Vault::in_folder(folder.path(), Some(&Secret::new("x")));
    assert!(matches!(with, Err(VaultError::NoPassphrase(_))), "{with:?}");
}

#[test]
fn nothing_readable_lies_on_the_disk() {
    let folder = tempfile::tempdir().expect("folder");
    let vault = Vault::in_folder(folder.path(), None).expect("vault");
    vault.set("shop/1", &Secret::new("tok-123456")).expect("kept");
    for entry in fs::read_dir(folder.path()).expect("folder") {
        let bytes = fs::read(entry.expect("entry").path()).expect("bytes");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(!text.contains("tok-123456") && !text.contains("shop/1"), "{text}");
    }
    assert!(!format!("{vault:?}").contains("key:"));
}

#[test]
#[cfg(unix)]
fn nobody_else_may_read_it_even_where_they_could() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().expect("folder");
    let inner = folder.path().join("signwright");
    let mode = |path: &Path| fs::metadata(path).expect("metadata").permissions().mode() & 0o777;
    Vault::in_folder(&inner, None).expect("vault");
    assert_eq!(mode(&inner), 0o700);
    let files = ["secrets.json", "secrets.key"].map(|name| inner.join(name));
    for file in &files {
        assert_eq!(mode(file), 0o600, "{}", file.display());
        fs::set_permissions(file, fs::Permissions::from_mode(0o644)).expect("opened up");
    }
    Vault::in_folder(&inner, None).expect("vault");
    assert!(files.iter().all(|file| mode(file) == 0o600));
}

#[test]
fn a_changed_file_or_a_lost_key_is_said_and_not_begun_anew() {
    let folder = tempfile::tempdir().expect("folder");
    let vault = Vault::in_folder(folder.path(), None).expect("vault");
    vault.set("shop/1", &Secret::new("tok-1")).expect("kept");
    let path = folder.path().join("secrets.json");
    let text = fs::read_to_string(&path).expect("text");
    let mut json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let sealed = json["sealed"].as_str().expect("sealed").to_owned();
    let flipped = if sealed.starts_with('A') { "B" } else { "A" };
    json["sealed"] = format!("{flipped}{}", &sealed[1..]).into();
    fs::write(&path, json.to_string()).expect("written");
    assert!(matches!(Vault::in_folder(folder.path(), None), Err(VaultError::DoesNotOpen(_))));
    assert!(matches!(vault.get("shop/1"), Err(VaultError::DoesNotOpen(_))));
    assert!(matches!(vault.set("shop/2", &Secret::new("x")), Err(VaultError::DoesNotOpen(_))));

    fs::write(&path, "not JSON").expect("written");
    assert!(matches!(Vault::in_folder(folder.path(), None), Err(VaultError::Unreadable(_))));

    fs::write(&path, text).expect("written");
    fs::remove_file(folder.path().join("secrets.key")).expect("lost");
    let lost = Vault::in_folder(folder.path(), None);
    assert!(matches!(lost, Err(VaultError::File { done: "read", .. })), "{lost:?}");
}

#[test]
fn a_file_that_asks_for_too_much_is_not_obeyed() {
    let folder = tempfile::tempdir().expect("folder");
    let greedy = r#"{"version": 1, "opened_by": {"argon2id": {"salt": "AAAAAAAAAAAAAAAAAAAAAA==", "memory_kib": 4000000000,
        "passes": 1, "lanes": 1}}, "nonce": "", "sealed": ""}"#;
    fs::write(folder.path().join("secrets.json"), greedy).expect("written");
    let opened = Vault::in_folder(folder.path(), Some(&Secret::new("x")));
    assert!(matches!(opened, Err(VaultError::Unreadable(_))), "{opened:?}");
}

#[test]
fn several_writers_lose_nothing() {
    let folder = tempfile::tempdir().expect("folder");
    Vault::in_folder(folder.path(), None).expect("vault");
    std::thread::scope(|scope| {
        for writer in 0..4 {
            let folder = folder.path();
            scope.spawn(move || {
                let vault = Vault::in_folder(folder, None).expect("vault");
                for one in 0..5 {
                    vault.set(&format!("{writer}/{one}"), &Secret::new("x")).expect("kept");
                }
            });
        }
    });
    let vault = Vault::in_folder(folder.path(), None).expect("vault");
    let all = (0..4).flat_map(|writer| (0..5).map(move |one| format!("{writer}/{one}")));
    assert!(all.into_iter().all(|name| kept(&vault, &name).is_some()));
}
