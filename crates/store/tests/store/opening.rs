//! What opens, what is refused, and that the refused is left as it was.

use std::fs;
use std::path::Path;

use signwright_store::{APPLICATION_ID, Shop, StoreError, customers, jobs};

use crate::given::{job, now, open, place};

#[test]
fn a_new_shop_is_made_where_there_is_none_and_opened_where_there_is() {
    let (_folder, path) = place();
    let shop = open(&path);
    let (id, _) = shop.write(|db| jobs::upsert(db, &job("20431"))).expect("a job");
    shop.close().expect("closed");
    let shop = Shop::open_existing(&path, now()).expect("it is there");
    assert_eq!(shop.path(), Some(path.as_path()));
    assert_eq!(jobs::get(&shop.read(), id).expect("read").and_then(|j| j.work_order), Some("20431".to_owned()));
}

#[test]
fn a_closed_shop_is_one_file() {
    let (folder, path) = place();
    let shop = open(&path);
    shop.write(|db| jobs::upsert(db, &job("20431"))).expect("a job");
    assert_eq!(jobs::count(&shop.read()), Ok(1));
    shop.close().expect("closed");
    let names: Vec<_> = fs::read_dir(folder.path()).expect("folder").map(|f| f.expect("file").file_name()).collect();
    assert_eq!(names, [path.file_name().expect("name")]);
}

#[test]
fn the_header_says_that_it_is_a_shop() {
    let (_folder, path) = place();
    open(&path).close().expect("closed");
    let bytes = fs::read(&path).expect("bytes");
    assert_eq!(bytes[68..72], *b"Sign");
    assert_eq!(bytes[68..72], APPLICATION_ID.to_be_bytes());
}

#[test]
fn an_empty_file_becomes_a_shop_as_after_an_interrupted_creation() {
    let (_folder, path) = place();
    fs::write(&path, b"").expect("written");
    assert_eq!(customers::count(&open(&path).read()), Ok(0));
}

/// Opening fails like this and every byte of the file is as before.
fn check(path: &Path, expected: impl Fn(&StoreError) -> bool) {
    let before = fs::read(path).expect("readable");
    let files = fs::read_dir(path.parent().expect("folder")).expect("folder").count();
    let error = Shop::open(path, now()).expect_err("it is refused");
    assert!(expected(&error), "{error:?}");
    assert_eq!(fs::read(path).expect("readable"), before, "{error}");
    assert_eq!(fs::read_dir(path.parent().expect("folder")).expect("folder").count(), files, "{error}");
}

#[test]
fn what_is_not_sqlite_is_refused_untouched() {
    let (_folder, path) = place();
    let refused = |error: &StoreError| matches!(error, StoreError::NotSqlite { .. });
    fs::write(&path, b"WO #,Customer\n20431,Beacon\n").expect("written");
    check(&path, refused);
    fs::write(&path, b"%PDF-1.7 ".repeat(2_000)).expect("written");
    check(&path, refused);
    fs::write(&path, b"SQLite format 3\0").expect("written");
    check(&path, refused);
}

#[test]
fn the_database_of_another_application_is_refused_untouched() {
    let (_folder, path) = place();
    open(&path).close().expect("closed");
    let mut bytes = fs::read(&path).expect("bytes");
    bytes[68..72].copy_from_slice(&[0, 0, 0, 0]);
    fs::write(&path, bytes).expect("written");
    check(&path, |error| matches!(error, StoreError::OtherApplication { .. }));
}

#[test]
fn a_file_of_a_newer_version_is_refused_untouched() {
    let (_folder, path) = place();
    open(&path).close().expect("closed");
    let mut bytes = fs::read(&path).expect("bytes");
    bytes[60..64].copy_from_slice(&99_i32.to_be_bytes());
    fs::write(&path, bytes).expect("written");
    check(&path, |error| matches!(error, StoreError::Newer { found: 99, .. }));
}

#[test]
fn a_damaged_file_is_refused_untouched() {
    let (_folder, path) = place();
    open(&path).close().expect("closed");
    let bytes = fs::read(&path).expect("bytes");
    fs::write(&path, &bytes[..bytes.len() / 2]).expect("written");
    check(&path, |error| matches!(error, StoreError::Damaged(_)));
    let mut scrambled = bytes.clone();
    scrambled[100..4_096].fill(0xA5);
    fs::write(&path, scrambled).expect("written");
    check(&path, |error| matches!(error, StoreError::Damaged(_)));
}

#[test]
fn a_folder_and_a_missing_folder_are_said() {
    let (folder, path) = place();
    assert!(matches!(Shop::open(folder.path(), now()), Err(StoreError::Directory { .. })));
    let deep = folder.path().join("nowhere").join("Shop.signwright");
    assert!(matches!(Shop::open(&deep, now()), Err(StoreError::NoFolder { .. })));
    assert!(matches!(Shop::open_existing(&path, now()), Err(StoreError::Missing { .. })));
    assert!(!path.exists());
    open(&path).close().expect("closed");
    assert!(matches!(Shop::create(&path, now()), Err(StoreError::Exists { .. })));
}

#[test]
fn two_programs_may_make_the_same_shop_at_once() {
    let (_folder, path) = place();
    let opened = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(|| Shop::open(&path, now()))).collect();
        threads.into_iter().map(|thread| thread.join().expect("no panic")).collect::<Vec<_>>()
    });
    for shop in opened {
        assert_eq!(jobs::count(&shop.expect("opened").read()), Ok(0));
    }
}

/// The administrator may write everywhere, so the test runs itself once more as nobody.
#[cfg(unix)]
#[test]
fn a_folder_or_file_that_cannot_be_written_is_said() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    use std::os::unix::process::CommandExt;
    use std::process::Command;

    const CHILD: &str = "SIGNWRIGHT_TEST_READ_ONLY";
    if let Some(folder) = std::env::var_os(CHILD) {
        let folder = Path::new(&folder);
        for name in ["fresh.signwright", "kept.signwright"] {
            let error = Shop::open(&folder.join(name), now()).expect_err("it cannot be written");
            assert!(matches!(error, StoreError::ReadOnly { .. }), "{name}: {error:?}");
        }
        return;
    }
    let (folder, path) = place();
    open(&path).close().expect("closed");
    let kept = folder.path().join("kept.signwright");
    fs::rename(&path, &kept).expect("renamed");
    let before = fs::read(&kept).expect("bytes");
    let allow = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("permissions");
    allow(&kept, 0o444);
    allow(folder.path(), 0o555);
    let test = "opening::a_folder_or_file_that_cannot_be_written_is_said";
    let own = std::env::current_exe().expect("this program");
    let public = tempfile::tempdir().expect("a folder");
    let mut child = if folder.path().metadata().expect("folder").uid() == 0 {
        // Root may write anywhere: the child is somebody else, who may not read root's own folders.
        allow(public.path(), 0o755);
        let program = public.path().join("store");
        fs::copy(&own, &program).expect("copied");
        let mut child = Command::new(program);
        child.uid(65_534);
        child
    } else {
        Command::new(own)
    };
    child.args([test, "--exact"]).env(CHILD, folder.path()).current_dir("/");
    let output = child.output().expect("the child runs");
    allow(folder.path(), 0o755);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    assert_eq!(fs::read(&kept).expect("bytes"), before);
}
