//! A write is kept whole or not at all, and waits for its turn.

use std::sync::Barrier;
use std::thread;
use std::time::Duration;

use signwright_store::events::{self, NewEvent};
use signwright_store::{Shop, StoreError, jobs, settings};

use crate::given::{job, now, open, place};

#[test]
fn a_write_that_fails_leaves_nothing() {
    let shop = Shop::in_memory().expect("shop");
    let failed: Result<(), StoreError> = shop.write(|db| {
        jobs::upsert(db, &job("20431"))?;
        Err(StoreError::Refused("the office said no".to_owned()))
    });
    assert!(failed.is_err());
    assert_eq!(jobs::count(&shop.read()), Ok(0));
}

#[test]
fn a_write_that_panics_leaves_nothing_and_the_shop_goes_on() {
    let (_folder, path) = place();
    let shop = open(&path);
    let panicked = thread::scope(|scope| {
        let write = || {
            shop.write(|db| -> Result<(), StoreError> {
                jobs::upsert(db, &job("20431"))?;
                panic!("a defect in the middle of a write");
            })
        };
        scope.spawn(write).join()
    });
    assert!(panicked.is_err());
    assert_eq!(jobs::count(&shop.read()), Ok(0));
    shop.write(|db| jobs::upsert(db, &job("20432"))).expect("the next write");
    assert_eq!(jobs::count(&shop.read()), Ok(1));
}

#[test]
fn reading_goes_on_while_another_program_writes_and_sees_what_was_before() {
    let (_folder, path) = place();
    let (writing, reading) = (open(&path), open(&path));
    let done: Result<(), StoreError> = writing.write(|db| {
        jobs::upsert(db, &job("20431"))?;
        assert_eq!(jobs::count(db), Ok(1));
        assert_eq!(jobs::count(&reading.read()), Ok(0));
        Ok(())
    });
    done.expect("written");
    assert_eq!(jobs::count(&reading.read()), Ok(1));
}

#[test]
fn a_second_writer_waits_for_the_first() {
    let (_folder, path) = place();
    let (first, second) = (open(&path), open(&path));
    let (begun, asked) = (Barrier::new(2), Barrier::new(2));
    thread::scope(|scope| {
        scope.spawn(|| {
            let write: Result<_, StoreError> = first.write(|db| {
                begun.wait();
                asked.wait();
                jobs::upsert(db, &job("20431"))
            });
            write.expect("the first write");
        });
        begun.wait();
        scope.spawn(|| {
            asked.wait();
            second.write(|db| jobs::upsert(db, &job("20432"))).expect("the second write");
        });
    });
    assert_eq!(jobs::count(&first.read()), Ok(2));
}

#[test]
fn a_writer_that_waits_too_long_says_that_another_program_writes() {
    let (_folder, path) = place();
    let (first, second) = (open(&path), open(&path));
    second.wait_at_most(Duration::from_millis(20)).expect("patience");
    let done: Result<(), StoreError> = first.write(|_| {
        let error = second.write(|db| jobs::upsert(db, &job("20432"))).expect_err("the lock is taken");
        assert_eq!(error, StoreError::Busy);
        assert_eq!(error.to_string(), "another program is writing to this shop");
        Ok(())
    });
    done.expect("the first write");
    second.write(|db| jobs::upsert(db, &job("20432"))).expect("now it is free");
}

#[test]
fn nothing_changes_without_a_write() {
    let shop = Shop::in_memory().expect("shop");
    assert!(jobs::upsert(&shop.read(), &job("20431")).is_err());
    assert!(settings::set(&shop.read(), "theme", &"dark").is_err());
    assert_eq!(jobs::count(&shop.read()), Ok(0));
}

#[test]
fn the_event_log_keeps_who_what_when_before_and_after() {
    let shop = Shop::in_memory().expect("shop");
    let before = serde_json::json!({"status": "draft"});
    let after = serde_json::json!({"status": "approved"});
    let event = NewEvent {
        at: now(),
        who: "Ada",
        action_id: "a1",
        command: "approve_quote",
        subject: "quote:1",
        before: Some(&before),
        after: Some(&after),
    };
    let other = NewEvent { subject: "quote:2", before: None, ..event };
    shop.write(|db| events::append(db, &event).and(events::append(db, &other))).expect("written");
    let db = shop.read();
    let all = events::list(&db, &events::EventQuery::default()).expect("list");
    assert_eq!(all.iter().map(|e| e.subject.as_str()).collect::<Vec<_>>(), ["quote:2", "quote:1"]);
    let one = events::EventQuery { subject: Some("quote:1".to_owned()), ..events::EventQuery::default() };
    let found = events::list(&db, &one).expect("list");
    assert_eq!((found[0].before.as_ref(), found[0].after.as_ref()), (Some(&before), Some(&after)));
    assert_eq!((found[0].at, found[0].who.as_str()), (now(), "Ada"));
}
