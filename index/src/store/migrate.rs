//! Makes the database and brings it up to date.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use sqlx::any::AnyConnectOptions;
use sqlx::migrate::{Migrate, MigrateError, Migration, MigrationType};
use sqlx::{AnyConnection, ConnectOptions, Connection, Executor, SqlSafeStr};

use crate::Error;

/// Every migration that was ever shipped, in order; none is edited afterwards, since its checksum is kept.
const SQLITE: [(i64, &str, &str); 15] = [
    (1, "store", include_str!("../../migrations/sqlite/0001_store.sql")),
    (2, "second looks", include_str!("../../migrations/sqlite/0002_second_looks.sql")),
    (3, "health", include_str!("../../migrations/sqlite/0003_health.sql")),
    (4, "corrections", include_str!("../../migrations/sqlite/0004_corrections.sql")),
    (5, "faults", include_str!("../../migrations/sqlite/0005_faults.sql")),
    (6, "developments", include_str!("../../migrations/sqlite/0006_developments.sql")),
    (7, "stories", include_str!("../../migrations/sqlite/0007_stories.sql")),
    (8, "packed texts", include_str!("../../migrations/sqlite/0008_packed_texts.sql")),
    (9, "embeddings", include_str!("../../migrations/sqlite/0009_embeddings.sql")),
    (10, "recent story keys", include_str!("../../migrations/sqlite/0010_recent_story_keys.sql")),
    (11, "story names", include_str!("../../migrations/sqlite/0011_story_names.sql")),
    (12, "story leavers", include_str!("../../migrations/sqlite/0012_story_leavers.sql")),
    (13, "story name items", include_str!("../../migrations/sqlite/0013_story_name_items.sql")),
    (14, "subscription since", include_str!("../../migrations/sqlite/0014_subscription_since.sql")),
    (15, "told", include_str!("../../migrations/sqlite/0015_told.sql")),
];

/// Where the database remembers which it has; the name that the driver's own tools look for.
const TABLE: &str = "_sqlx_migrations";

/// The pages of a new file. A packed article is some three kilobytes, and a row of that size stands in one page: of
/// pages of four kilobytes a third would stay empty. A file that is there keeps the size that it was made with.
const PAGES: &str = "PRAGMA page_size = 16384";

/// Makes the folder and waits until nobody else makes or migrates the database in it; the answer is to be held until
/// that is done.
///
/// SQLite itself cannot wait here: turning a new file to WAL fails at once when another process does the same.
pub(super) async fn lock(folder: &Path) -> Result<File, Error> {
    let path = folder.join("lexwatch.lock");
    let error = {
        let path = path.display().to_string();
        move |source| Error::File { path, source }
    };
    // Waiting blocks a thread, which must not be one that drives whoever holds the lock.
    let locked = tokio::task::spawn_blocking(move || {
        path.parent().map_or(Ok(()), fs::create_dir_all)?;
        let file = File::options().create(true).append(true).open(&path)?;
        file.lock().map(|()| file)
    });
    locked.await.map_err(std::io::Error::other).flatten().map_err(error)
}

/// The address of SQLite's file in `folder`. All but letters and digits is escaped, since the driver takes `?` and
/// `%` for its own.
pub(super) fn sqlite_address(folder: &Path) -> Result<String, Error> {
    let error = |source| Error::File { path: folder.display().to_string(), source };
    let path: PathBuf = folder.canonicalize().map_err(error)?.join("lexwatch.db");
    let path = path.to_str().ok_or_else(|| {
        error(std::io::Error::new(std::io::ErrorKind::InvalidInput, "the path is not Unicode"))
    })?;
    let mut address = String::from("sqlite://");
    for byte in path.bytes() {
        match byte {
            b'/' | b'.' | b'-' | b'_' => address.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => address.push(char::from(byte)),
            _ => address.push_str(&format!("%{byte:02X}")),
        }
    }
    Ok(address + "?mode=rwc")
}

/// Turns the file to WAL and runs the migrations that it lacks, all of them or none. The connection is its own: a
/// pool would try again and again where the file is no database.
pub(super) async fn migrate(options: &AnyConnectOptions) -> Result<(), Error> {
    let mut database = options.connect().await?;
    database.execute(super::SETTINGS).await?;
    database.execute(PAGES).await?;
    database.execute("PRAGMA journal_mode = WAL").await?;
    let mut transaction = database.begin_with(super::BEGIN).await?;
    let connection: &mut AnyConnection = &mut transaction;
    connection.ensure_migrations_table(TABLE).await?;
    let applied = connection.list_applied_migrations(TABLE).await?;
    let known = SQLITE[SQLITE.len() - 1].0;
    if let Some(newer) = applied.iter().find(|applied| applied.version > known) {
        return Err(Error::Newer { found: newer.version, known });
    }
    for (version, name, sql) in SQLITE {
        let kind = MigrationType::Simple;
        let migration = Migration::new(version, name.into(), kind, sql.into_sql_str(), false);
        match applied.iter().find(|applied| applied.version == version) {
            None => drop(connection.apply(TABLE, &migration).await?),
            Some(applied) if applied.checksum == migration.checksum => {}
            Some(_) => return Err(MigrateError::VersionMismatch(version).into()),
        }
    }
    transaction.commit().await?;
    Ok(database.close().await?)
}
