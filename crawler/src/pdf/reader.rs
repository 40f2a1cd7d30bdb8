//! The side that waits: starts the child, hands it the document, and ends it when it takes too long or says too much.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::{ExitStatus, Stdio};
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::{Child, Command};
use tokio::sync::Semaphore;

use super::Paper;
use crate::{Article, Error, Page};

/// How long a document may take.
const TIME: Duration = Duration::from_secs(30);
/// The longest answer, in bytes: text is at most a megabyte, and JSON may write a byte as six.
const MAX_ANSWER: u64 = 8 << 20;
/// As much of a child's last words as is looked at.
const MAX_WORDS: u64 = 4096;
/// Documents read at once.
const MAX_CHILDREN: usize = 2;

/// Reads PDF documents in a process of their own. Cheap to clone; clones share the bound on how many are read at once.
#[derive(Debug, Clone)]
pub struct PdfReader {
    program: PathBuf,
    arguments: Vec<OsString>,
    children: Arc<Semaphore>,
}

/// What a child left behind.
struct Left {
    answer: Vec<u8>,
    words: String,
    status: ExitStatus,
}

impl PdfReader {
    /// A reader that runs this program; it must call [`super::serve_child`].
    pub fn new(program: PathBuf, arguments: Vec<OsString>) -> Self {
        Self { program, arguments, children: Arc::new(Semaphore::new(MAX_CHILDREN)) }
    }

    /// The article in a page that [`super::is_pdf`].
    ///
    /// # Errors
    /// [`Error::NoArticle`] with what is wrong with the document, be it that its reader fell over;
    /// [`Error::Unreachable`] when the reader cannot be started, which says nothing about the document.
    pub async fn article(&self, page: &Page) -> Result<Article, Error> {
        super::article(self.read(&page.body).await?, page)
    }

    async fn read(&self, body: &[u8]) -> Result<Paper, Error> {
        // The semaphore is never closed, so this is always a permit.
        let _permit = self.children.acquire().await.ok();
        let child = self.start().map_err(|error| cannot_run(&error))?;
        let left = match tokio::time::timeout(TIME, hand_over(child, body)).await {
            Ok(left) => left.map_err(|error| cannot_run(&error))?,
            Err(_) => {
                return Err(refused(&format!("takes longer than {} seconds", TIME.as_secs())));
            }
        };
        if left.answer.len() as u64 > MAX_ANSWER {
            return Err(refused(&format!("says more than {} MB", MAX_ANSWER >> 20)));
        }
        match serde_json::from_slice::<Result<Paper, String>>(&left.answer) {
            Ok(Ok(paper)) => Ok(paper),
            Ok(Err(what)) => Err(Error::NoArticle(what)),
            Err(_) => Err(refused(&how_it_fell(&left))),
        }
    }

    /// The child sees nothing of our environment and ends with whoever waits for it.
    fn start(&self) -> std::io::Result<Child> {
        Command::new(&self.program)
            .args(&self.arguments)
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
    }
}

/// Writes and reads at the same time: neither side may wait for the other with a full pipe.
async fn hand_over(mut child: Child, body: &[u8]) -> std::io::Result<Left> {
    let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    let giving = async {
        if let Some(mut stdin) = stdin {
            // A child that has fallen over does not read on; how it ended says more.
            let _ = stdin.write_all(body).await;
        }
    };
    let answering = async {
        let mut answer = Vec::new();
        if let Some(stdout) = stdout {
            stdout.take(MAX_ANSWER + 1).read_to_end(&mut answer).await?;
        }
        Ok::<_, std::io::Error>(answer)
    };
    let speaking = async {
        let mut words = Vec::new();
        if let Some(stderr) = stderr {
            stderr.take(MAX_WORDS).read_to_end(&mut words).await?;
        }
        Ok::<_, std::io::Error>(String::from_utf8_lossy(&words).into_owned())
    };
    let ((), answer, words) = tokio::join!(giving, answering, speaking);
    let (answer, words) = (answer?, words?);
    if answer.len() as u64 > MAX_ANSWER {
        child.start_kill()?;
    }
    Ok(Left { answer, words, status: child.wait().await? })
}

fn how_it_fell(left: &Left) -> String {
    if left.words.contains("memory allocation") {
        "needs too much memory".to_owned()
    } else if left.words.contains("overflowed its stack") {
        "is nested too deeply".to_owned()
    } else {
        format!("makes its reader fall over ({})", left.status)
    }
}

fn refused(what: &str) -> Error {
    Error::NoArticle(format!("a PDF that {what}"))
}

fn cannot_run(error: &std::io::Error) -> Error {
    Error::Unreachable(format!("the program that reads PDF cannot be run: {error}"))
}
