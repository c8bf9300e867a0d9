//! What a child process may use at most, held by the operating system where it can.
//!
//! Memory is limited on Linux, where a program's own data can be limited apart from the libraries it maps. Elsewhere the
//! limits on bytes, pages, words and time alone hold.

/// Memory of a child, all in all.
pub(super) const MEMORY: u64 = 256 << 20;

/// Of it, what is left for documents beside the program itself.
#[cfg(target_os = "linux")]
const FOR_DOCUMENTS: u64 = 160 << 20;

/// Stacks of the readers' threads, which are reserved whole and hardly used.
#[cfg(target_os = "linux")]
const STACKS: u64 = 2 * (64 << 20);

/// What a child may keep of documents that it is done with; beyond, it makes room for a new one.
#[cfg(target_os = "linux")]
const KEPT: u64 = 64 << 20;

/// Processor seconds of a child, over all its documents: what no parent is there to end, ends.
#[cfg(unix)]
const SECONDS: u64 = 600;

/// The limits of this process.
pub(super) struct Lowered {
    #[cfg(target_os = "linux")]
    in_use: Option<u64>,
}

/// Lowers the limits of this process. A system that refuses leaves it with those it has.
pub(super) fn lower() -> Lowered {
    #[cfg(unix)]
    {
        let _ = rlimit::setrlimit(rlimit::Resource::CPU, SECONDS, SECONDS);
        // A dump of what was being read would be a copy that nobody asked for.
        let _ = rlimit::setrlimit(rlimit::Resource::CORE, 0, 0);
    }
    #[cfg(target_os = "linux")]
    {
        if let Some(data) = status("VmData:") {
            let most = data + FOR_DOCUMENTS + STACKS;
            let _ = rlimit::setrlimit(rlimit::Resource::DATA, most, most);
        }
        Lowered { in_use: status("VmRSS:") }
    }
    #[cfg(not(target_os = "linux"))]
    Lowered {}
}

impl Lowered {
    /// Whether the process has kept so much that the next document should have a new one.
    pub(super) fn is_swollen(&self) -> bool {
        #[cfg(target_os = "linux")]
        return self.in_use.zip(status("VmRSS:")).is_some_and(|(first, now)| now > first + KEPT);
        #[cfg(not(target_os = "linux"))]
        false
    }
}

/// What the system says about this process, in bytes: its own data, as the limit counts them, or what of it is in memory.
#[cfg(target_os = "linux")]
fn status(name: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok().map(|kilobytes| kilobytes << 10)
}
