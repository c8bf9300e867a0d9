//! A process that is killed in the middle of a write leaves the shop as it was before it.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use signwright_domain::Task;
use signwright_store::{Shop, StoreError, backup, jobs};

use crate::given::{import, job, now, open, place};

const CHILD: &str = "SIGNWRIGHT_TEST_KILLED";

/// Writes a thousand jobs and never comes to the end: the parent kills it.
fn write_and_wait(path: &Path) {
    let shop = Shop::open(path, now()).expect("the shop opens");
    let never: Result<(), StoreError> = shop.write(|db| {
        for number in 0..1_000 {
            jobs::upsert(db, &job(&format!("9{number:04}")))?;
        }
        // Larger than the page cache keeps back, so that half of it is in the log already.
        signwright_store::settings::set(db, "bulk", &"x".repeat(60_000_000))?;
        eprintln!("half written");
        loop {
            std::thread::park();
        }
    });
    never.expect("killed before");
}

#[test]
fn a_killed_import_leaves_the_shop_as_before() {
    if let Some(path) = std::env::var_os(CHILD) {
        write_and_wait(Path::new(&path));
        return;
    }
    let (_folder, path) = place();
    let shop = open(&path);
    shop.write(|db| jobs::upsert(db, &job("20431"))).expect("a job");
    import(&shop, "work-orders.csv", b"WO #\n20431\n");
    shop.close().expect("closed");

    for _ in 0..3 {
        let mut child = Command::new(std::env::current_exe().expect("this program"))
            .args(["killed::a_killed_import_leaves_the_shop_as_before", "--exact", "--nocapture"])
            .env(CHILD, &path)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the child runs");
        let said = BufReader::new(child.stderr.take().expect("piped"));
        assert!(said.lines().any(|line| line.expect("a line").contains("half written")), "the child did not get there");
        child.kill().expect("killed");
        child.wait().expect("gone");

        let shop = open(&path);
        assert_eq!(jobs::count(&shop.read()), Ok(1));
        shop.close().expect("closed");
        assert!(backup::verify(&Task::silent(), &path).expect("verified").sound);
    }
}
