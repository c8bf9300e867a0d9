//! Backup, restore and the check of a shop file.

use std::fs;
use std::sync::{Arc, OnceLock};

use signwright_domain::Task;
use signwright_store::backup::{Existing, backup, restore, verify};
use signwright_store::{Shop, StoreError, documents, jobs};

use crate::given::{import, job, now, open, place};

const SUMMARY: &[u8] = b"COST SUMMARY WORK ORDER 20431 TOTAL COST 12,000.00";

fn shop_with_history(path: &std::path::Path) -> Shop {
    let shop = open(path);
    shop.write(|db| jobs::upsert(db, &job("20431"))).expect("a job");
    import(&shop, "WO-20431.pdf", SUMMARY);
    shop
}

#[test]
fn a_backup_of_an_open_shop_is_one_sound_file_with_everything_in_it() {
    let (folder, path) = place();
    let shop = shop_with_history(&path);
    let copy = folder.path().join("copy.signwright");
    backup(&Task::silent(), &shop, &copy, Existing::Refuse).expect("a backup");
    let report = verify(&Task::silent(), &copy).expect("verified");
    assert!(report.sound, "{report:?}");
    assert_eq!((report.documents, report.jobs, report.imports), (1, 1, 1));
    let mut names: Vec<_> = fs::read_dir(folder.path())
        .expect("folder")
        .map(|f| f.expect("file").file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with("copy"))
        .collect();
    names.sort();
    assert_eq!(names, ["copy.signwright"]);
    let db = shop.read();
    let sha256 = documents::list(&db, 0, 1).expect("list").remove(0).sha256;
    let restored = open(&copy);
    assert_eq!(documents::bytes(&restored.read(), &sha256), Ok(Some(SUMMARY.to_vec())));
}

#[test]
fn a_backup_overwrites_only_when_asked_and_never_the_open_shop() {
    let (folder, path) = place();
    let shop = shop_with_history(&path);
    let copy = folder.path().join("notes.txt");
    fs::write(&copy, b"not to be lost").expect("written");
    let refused = backup(&Task::silent(), &shop, &copy, Existing::Refuse);
    assert!(matches!(refused, Err(StoreError::Exists { .. })), "{refused:?}");
    assert_eq!(fs::read(&copy).expect("read"), b"not to be lost");
    backup(&Task::silent(), &shop, &copy, Existing::Replace).expect("replaced");
    assert!(verify(&Task::silent(), &copy).expect("verified").sound);
    let itself = backup(&Task::silent(), &shop, &path, Existing::Replace);
    assert!(matches!(itself, Err(StoreError::InUse { .. })), "{itself:?}");
}

#[test]
fn a_cancelled_backup_leaves_nothing_behind() {
    let (folder, path) = place();
    let shop = shop_with_history(&path);
    let task = Task::silent();
    task.cancel();
    let copy = folder.path().join("copy.signwright");
    assert_eq!(backup(&task, &shop, &copy, Existing::Refuse), Err(StoreError::Cancelled));
    shop.close().expect("closed");
    assert_eq!(fs::read_dir(folder.path()).expect("folder").count(), 1);
}

#[test]
fn a_restored_shop_is_the_backup_and_the_replaced_file_is_kept() {
    let (folder, path) = place();
    let shop = shop_with_history(&path);
    let copy = folder.path().join("copy.signwright");
    backup(&Task::silent(), &shop, &copy, Existing::Refuse).expect("a backup");
    shop.write(|db| jobs::upsert(db, &job("20432"))).expect("a later job");

    let open_elsewhere = restore(&Task::silent(), &copy, &path, now());
    assert!(matches!(open_elsewhere, Err(StoreError::InUse { .. })), "{open_elsewhere:?}");
    assert_eq!(jobs::count(&shop.read()), Ok(2));
    shop.close().expect("closed");

    let restored = restore(&Task::silent(), &copy, &path, now()).expect("restored");
    assert!(restored.verification.sound);
    assert_eq!(jobs::count(&open(&path).read()), Ok(1));
    let kept = restored.kept.expect("there was a shop");
    assert_eq!(jobs::count(&open(&kept).read()), Ok(2));
}

#[test]
fn restoring_twice_in_the_same_second_keeps_both_replaced_files() {
    let (folder, path) = place();
    let shop = shop_with_history(&path);
    let copy = folder.path().join("copy.signwright");
    backup(&Task::silent(), &shop, &copy, Existing::Refuse).expect("a backup");
    shop.close().expect("closed");
    let again = || restore(&Task::silent(), &copy, &path, now()).expect("restored").kept.expect("kept");
    let name = |path: std::path::PathBuf| path.file_name().expect("name").to_string_lossy().into_owned();
    assert_eq!(name(again()), "Beacon Signs.replaced-20260301T100000.signwright");
    assert_eq!(name(again()), "Beacon Signs.replaced-20260301T100000-2.signwright");
    assert_eq!(name(again()), "Beacon Signs.replaced-20260301T100000-3.signwright");
}

#[test]
fn a_damaged_shop_can_be_replaced_by_its_backup() {
    let (folder, path) = place();
    let shop = shop_with_history(&path);
    let copy = folder.path().join("copy.signwright");
    backup(&Task::silent(), &shop, &copy, Existing::Refuse).expect("a backup");
    shop.close().expect("closed");
    fs::write(&path, b"SQLite format 3\0 and then nothing").expect("damaged");
    let restored = restore(&Task::silent(), &copy, &path, now()).expect("restored");
    assert_eq!(jobs::count(&open(&path).read()), Ok(1));
    let kept = restored.kept.expect("kept");
    assert_eq!(fs::read(kept).expect("read"), b"SQLite format 3\0 and then nothing");
}

/// Flips one bit of the document in the file of a closed shop.
fn flip(path: &std::path::Path) {
    let mut bytes = fs::read(path).expect("bytes");
    let start = bytes.windows(SUMMARY.len()).position(|part| part == SUMMARY).expect("the document is in there");
    bytes[start + 7] ^= 0x20;
    fs::write(path, bytes).expect("written");
}

#[test]
fn a_shop_with_a_damaged_document_is_not_backed_up() {
    let (folder, path) = place();
    shop_with_history(&path).close().expect("closed");
    flip(&path);
    let shop = open(&path);
    let copy = folder.path().join("copy.signwright");
    let refused = backup(&Task::silent(), &shop, &copy, Existing::Refuse).expect_err("damaged");
    assert_eq!(refused, StoreError::Unsound("WO-20431.pdf is not the file that came in".to_owned()));
    fs::write(&copy, b"the last good backup").expect("written");
    backup(&Task::silent(), &shop, &copy, Existing::Replace).expect_err("damaged");
    assert_eq!(fs::read(&copy).expect("read"), b"the last good backup");
    shop.close().expect("closed");
    assert_eq!(fs::read_dir(folder.path()).expect("folder").count(), 2);
}

#[test]
fn a_backup_can_be_cancelled_while_the_copy_is_checked() {
    let (folder, path) = place();
    let shop = shop_with_history(&path);
    let own = Arc::new(OnceLock::<Task>::new());
    let inside = Arc::clone(&own);
    let task = Task::new(move |progress| {
        if progress.step == "checking the structure of the file" {
            inside.get().expect("set below").cancel();
        }
    });
    own.set(task.clone()).expect("set once");
    let copy = folder.path().join("copy.signwright");
    assert_eq!(backup(&task, &shop, &copy, Existing::Refuse), Err(StoreError::Cancelled));
    shop.close().expect("closed");
    assert_eq!(fs::read_dir(folder.path()).expect("folder").count(), 1);
}

#[test]
fn one_flipped_byte_in_a_document_is_found_and_such_a_file_is_not_restored() {
    let (folder, path) = place();
    shop_with_history(&path).close().expect("closed");
    flip(&path);

    let report = verify(&Task::silent(), &path).expect("verified");
    assert!(!report.sound && report.integrity.is_empty());
    assert_eq!(report.hashes_wrong.iter().map(|wrong| wrong.name.as_str()).collect::<Vec<_>>(), ["WO-20431.pdf"]);

    let elsewhere = folder.path().join("elsewhere.signwright");
    let refused = restore(&Task::silent(), &path, &elsewhere, now());
    assert!(matches!(refused, Err(StoreError::Unsound(_))), "{refused:?}");
    assert!(!elsewhere.exists());
}

#[test]
fn a_scrambled_page_is_found() {
    let (_folder, path) = place();
    let shop = open(&path);
    let many: Result<(), StoreError> =
        shop.write(|db| (0..500).try_for_each(|n| jobs::upsert(db, &job(&n.to_string())).map(drop)));
    many.expect("jobs");
    shop.close().expect("closed");
    let mut bytes = fs::read(&path).expect("bytes");
    let middle = bytes.len() / 2 / 4_096 * 4_096;
    bytes[middle..middle + 4_096].fill(0xA5);
    fs::write(&path, bytes).expect("written");
    let report = verify(&Task::silent(), &path).expect("a report");
    assert!(!report.sound && !report.integrity.is_empty());
}

#[test]
fn checking_changes_nothing_and_says_what_is_no_shop() {
    let (folder, path) = place();
    shop_with_history(&path).close().expect("closed");
    let before = fs::read(&path).expect("bytes");
    assert!(verify(&Task::silent(), &path).expect("verified").sound);
    assert_eq!(fs::read(&path).expect("bytes"), before);
    assert_eq!(fs::read_dir(folder.path()).expect("folder").count(), 1);
    let missing = verify(&Task::silent(), &folder.path().join("none.signwright"));
    assert!(matches!(missing, Err(StoreError::Missing { .. })), "{missing:?}");
}

/// A lock belongs to the process on Unix: a second look at the file from the same process must not let it go.
#[test]
fn checking_the_open_shop_leaves_it_open_for_other_programs_to_see() {
    const CHILD: &str = "SIGNWRIGHT_TEST_IN_USE";
    if let Some(folder) = std::env::var_os(CHILD) {
        let folder = std::path::Path::new(&folder);
        let taken = restore(&Task::silent(), &folder.join("copy.signwright"), &folder.join("open.signwright"), now());
        assert!(matches!(taken, Err(StoreError::InUse { .. })), "{taken:?}");
        return;
    }
    let (folder, _) = place();
    let path = folder.path().join("open.signwright");
    let shop = shop_with_history(&path);
    assert_eq!(jobs::count(&shop.read()), Ok(1));
    backup(&Task::silent(), &shop, &folder.path().join("copy.signwright"), Existing::Refuse).expect("a backup");
    assert!(verify(&Task::silent(), &path).expect("verified").sound);
    open(&path).close().expect("opened once more");

    let output = std::process::Command::new(std::env::current_exe().expect("this program"))
        .args(["backups::checking_the_open_shop_leaves_it_open_for_other_programs_to_see", "--exact"])
        .env(CHILD, folder.path())
        .output()
        .expect("the child runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    shop.write(|db| jobs::upsert(db, &job("20432"))).expect("still ours");
}
