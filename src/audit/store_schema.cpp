#include "audit/store_schema.hpp"

#include "saring/error.hpp"

#include <array>

namespace saring::audit {
namespace {

constexpr const char* schema_1 = R"sql(
CREATE TABLE meta ( -- facts of the store itself
    name  TEXT PRIMARY KEY, -- "vault": how readings are locked (text_vault.hpp)
    value TEXT NOT NULL
) STRICT;

CREATE TABLE runs ( -- every audit; its number, not the clock, says what came before what
    id         INTEGER PRIMARY KEY,
    began      TEXT NOT NULL,    -- UTC, "2026-08-17T09:30:00Z"
    ended      TEXT,             -- NULL: still running, or interrupted
    complete   INTEGER NOT NULL DEFAULT 0, -- 1: everything below its roots was looked at
    rules_key  TEXT NOT NULL,    -- what verdicts of this run depend on
    models_key TEXT NOT NULL,    -- what readings of this run depend on
    tool       TEXT NOT NULL,    -- JSON: version, rules, networks
    roots      TEXT NOT NULL,    -- JSON: array of hexadecimal bytes of paths
    summary    TEXT              -- JSON: counts when it ended
) STRICT;

CREATE TABLE files ( -- files and members of archives ("a.zip!/b.jpg") as they were seen last
    id          INTEGER PRIMARY KEY,
    path        BLOB NOT NULL UNIQUE, -- bytes as the file system has them
    bytes       INTEGER NOT NULL,
    modified_ns INTEGER NOT NULL,     -- since 1970
    inode       INTEGER NOT NULL,
    sha256      BLOB CHECK (length(sha256) = 32), -- contents.sha256; NULL: it could not be read
    error       TEXT,                 -- JSON: why it could not be scanned; NULL: it could
    since_run   INTEGER NOT NULL,     -- first run of this content or failure
    last_run    INTEGER NOT NULL,     -- last run that saw the file
    gone_run    INTEGER               -- first complete run that did not; NULL: it is in the gallery
) STRICT;
CREATE INDEX files_by_content ON files (sha256) WHERE sha256 IS NOT NULL;

CREATE TABLE past ( -- what files were before: content or failure in runs first_run to before gone_run
    file      INTEGER NOT NULL, -- files.id
    sha256    BLOB,
    failed    INTEGER NOT NULL, -- 1: it could not be scanned
    first_run INTEGER NOT NULL,
    gone_run  INTEGER NOT NULL
) STRICT;
CREATE INDEX past_by_file ON past (file);
CREATE INDEX past_by_content ON past (sha256) WHERE sha256 IS NOT NULL;

CREATE TABLE contents ( -- what was read, once for all copies of a file
    id           INTEGER PRIMARY KEY,
    sha256       BLOB NOT NULL UNIQUE CHECK (length(sha256) = 32),
    bytes        INTEGER NOT NULL,
    media_type   TEXT NOT NULL,
    taken        TEXT NOT NULL,    -- as the camera wrote it, or empty
    pages        INTEGER NOT NULL,
    verdict      INTEGER NOT NULL CHECK (verdict BETWEEN 0 AND 2), -- safe, review, block, decisions aside
    complete     INTEGER NOT NULL CHECK (complete BETWEEN 0 AND 1), -- 0: reading ended early
    rules_key    TEXT NOT NULL,    -- rule packs, profile, opt-ins; empty: must be judged again
    models_key   TEXT NOT NULL,    -- networks, languages, version
    judged_until TEXT NOT NULL,    -- last day on which these rules judge the same; empty: for good
    unread       TEXT,             -- JSON: regions that could not be read; NULL: none
    reasons      TEXT,             -- JSON: sentences; NULL: none
    likeness     INTEGER NOT NULL  -- perceptual hash of the first page; 0: none
) STRICT;
CREATE INDEX contents_by_size ON contents (bytes);

CREATE TABLE readings ( -- text of contents, to be judged again by new rules; may be left out
    content INTEGER PRIMARY KEY, -- contents.id
    body    BLOB NOT NULL        -- compressed, and encrypted where the store has a passphrase
) STRICT;

CREATE TABLE findings ( -- of contents; matches are masked
    id          INTEGER PRIMARY KEY,
    content     INTEGER NOT NULL, -- contents.id
    fingerprint TEXT NOT NULL,
    rule        TEXT NOT NULL,
    category    INTEGER NOT NULL CHECK (category BETWEEN 0 AND 5), -- marker, policy, meeting, identifier, secret, location
    severity    INTEGER NOT NULL CHECK (severity BETWEEN 0 AND 3), -- low, medium, high, critical
    title       TEXT NOT NULL,
    advice      TEXT NOT NULL,
    match       TEXT NOT NULL,    -- masked
    context     TEXT NOT NULL,    -- masked
    page        INTEGER,          -- from 0; NULL: of the file itself
    places      TEXT NOT NULL,    -- JSON: quads in pixels of the page, spans of lines
    confidence  REAL NOT NULL,
    blocks      INTEGER NOT NULL CHECK (blocks BETWEEN 0 AND 1),
    first_seen  TEXT NOT NULL,    -- when this fingerprint was met first, through all readings and rules
    first_run   INTEGER NOT NULL,
    gone_run    INTEGER           -- first run whose reading or rules did not find it; NULL: it is found
) STRICT;
CREATE INDEX findings_by_content ON findings (content);
CREATE INDEX findings_by_fingerprint ON findings (fingerprint);

CREATE TABLE acceptances ( -- decisions that a finding may stay; none is overwritten
    id          INTEGER PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    who         TEXT NOT NULL,
    why         TEXT NOT NULL,
    at          TEXT NOT NULL, -- UTC, "2026-08-17T09:30:00Z"
    until       TEXT NOT NULL, -- last day it counts; empty: for good
    ended       TEXT           -- when it was withdrawn or another took its place; NULL: it stands
) STRICT;
CREATE UNIQUE INDEX standing ON acceptances (fingerprint) WHERE ended IS NULL;
)sql";

// Contents are compared by their words too. Those that are there have none yet: judging them again from their text,
// which an empty rules_key asks for, fills it in.
constexpr const char* schema_2 = R"sql(
ALTER TABLE contents ADD COLUMN wording INTEGER NOT NULL DEFAULT 0; -- hash that is alike for texts that are alike; 0: none
UPDATE contents SET rules_key = '';
ALTER TABLE files ADD COLUMN models_key TEXT NOT NULL DEFAULT ''; -- of the reader that failed; empty: none did
)sql";

constexpr std::array<const char*, newest_schema> steps{schema_1, schema_2};

} // namespace

int schema_of(const Database& database) {
    const auto version = static_cast<int>(database.number("PRAGMA user_version"));
    if (database.number("PRAGMA application_id") != store_mark) {
        if (version != 0 || database.number("SELECT count(*) FROM sqlite_schema") != 0) {
            throw Error(ErrorCode::bad_option, "store", "this SQLite file belongs to another program");
        }
        return 0;
    }
    if (version > newest_schema) {
        throw Error(ErrorCode::store_newer, "store",
                    "schema " + std::to_string(version) + ", known up to " + std::to_string(newest_schema));
    }
    return version;
}

void migrate(Database& database, int to) {
    for (int version = schema_of(database); version < to; ++version) {
        Transaction transaction(database);
        database.execute(steps.at(static_cast<std::size_t>(version)));
        database.execute("PRAGMA application_id = " + std::to_string(store_mark) +
                         "; PRAGMA user_version = " + std::to_string(version + 1));
        transaction.commit();
    }
}

} // namespace saring::audit
