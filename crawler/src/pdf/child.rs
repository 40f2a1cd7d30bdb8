//! What runs in the child: one document in, what it says out, within limits that the system keeps.

use std::io::{self, Read as _, Write as _};

/// Address space beside the program's own, and seconds of work: more than any honest document takes.
#[cfg(unix)]
const MEMORY: u64 = 512 << 20;
#[cfg(unix)]
const SECONDS: u64 = 30;

/// Reads a PDF document from standard input and answers on standard output, for [`super::PdfReader`] at the other end.
///
/// # Errors
/// When the limits cannot be set, or the other end is gone.
pub fn serve_child() -> io::Result<()> {
    limit()?;
    let mut body = Vec::new();
    io::stdin().lock().read_to_end(&mut body)?;
    let answer = super::parse(&body);
    let mut out = io::stdout().lock();
    serde_json::to_writer(&mut out, &answer)?;
    out.flush()
}

/// No document may take all memory, or work for ever after whoever waited for it is gone.
#[cfg(unix)]
fn limit() -> io::Result<()> {
    use rlimit::Resource;
    Resource::CORE.set(0, 0)?;
    Resource::CPU.set(SECONDS, SECONDS)?;
    let memory = MEMORY + mapped();
    let limited = Resource::AS.set(memory, memory);
    // Some systems know the limit but refuse to set it.
    if cfg!(target_os = "linux") { limited } else { Ok(()) }
}

/// What the program and its libraries take before any document, in bytes: with libtorch more than all the rest. 0 where
/// the system does not say.
#[cfg(unix)]
fn mapped() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let size = status.lines().find_map(|line| line.strip_prefix("VmSize:"));
    let kilobytes = size.and_then(|size| size.trim().strip_suffix("kB")?.trim().parse().ok());
    kilobytes.unwrap_or(0_u64) * 1024
}

/// Elsewhere the one who waits ends it when time is up.
#[cfg(not(unix))]
fn limit() -> io::Result<()> {
    Ok(())
}
