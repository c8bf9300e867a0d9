//! What a child process may use at most, held by the operating system where it can.
//!
//! Memory is limited on Linux, where a program's own data can be limited apart from the libraries it maps. Elsewhere the
//! limits on bytes, pages, words and time alone hold.

/// Memory for one document, beside what the program itself needs.
pub(super) const MEMORY: u64 = 256 << 20;

/// Stacks of the readers' threads, which are reserved whole and hardly used.
#[cfg(target_os = "linux")]
const STACKS: u64 = 2 * (64 << 20);

/// Processor seconds of a child, over all its documents: what no parent is there to end, ends.
#[cfg(unix)]
const SECONDS: u64 = 600;

/// Lowers the limits of this process. A system that refuses leaves it with those it has.
pub(super) fn lower() {
    #[cfg(target_os = "linux")]
    {
        let most = MEMORY + STACKS;
        let _ = rlimit::setrlimit(rlimit::Resource::DATA, most, most);
    }
    #[cfg(unix)]
    {
        let _ = rlimit::setrlimit(rlimit::Resource::CPU, SECONDS, SECONDS);
        // A dump of what was being read would be a copy that nobody asked for.
        let _ = rlimit::setrlimit(rlimit::Resource::CORE, 0, 0);
    }
}
