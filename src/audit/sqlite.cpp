#include "audit/sqlite.hpp"

#include "saring/error.hpp"

#include <sqlite3.h>

#include <cstddef>

namespace saring::audit {
namespace {

// What is read again and again stays in memory, and no more than this however large the store is.
constexpr int cache_kib = 16 * 1024;
// A reader that starts or ends holds others up for moments only; whoever waits longer than this waits for a person.
constexpr int patience_ms = 2'000;
constexpr std::int64_t log_bytes = 16 << 20; // to which the log shrinks after it was copied into the database

ErrorCode code_of(int result) {
    switch (result & 0xFF) { // the primary code; the rest says more exactly where
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return ErrorCode::store_busy;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return ErrorCode::corrupt;
    case SQLITE_NOMEM: return ErrorCode::out_of_memory;
    case SQLITE_FULL:
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN: return ErrorCode::write_failed;
    case SQLITE_IOERR: break;
    default: return ErrorCode::internal;
    }
    switch (result) {
    case SQLITE_IOERR_READ: return ErrorCode::read_failed;
    case SQLITE_IOERR_SHORT_READ:
    case SQLITE_IOERR_CORRUPTFS: return ErrorCode::corrupt;
    case SQLITE_IOERR_NOMEM: return ErrorCode::out_of_memory;
    default: return ErrorCode::write_failed;
    }
}

// SQLite's sentence for the code, never sqlite3_errmsg(), which may quote what was bound.
[[noreturn]] void fail(int result) {
    throw Error(code_of(result), "store", std::string(sqlite3_errstr(result)) + " (" + std::to_string(result) + ")");
}

void require(int result) {
    if (result != SQLITE_OK) {
        fail(result);
    }
}

} // namespace

void Statement::Finalise::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

Statement::Statement(sqlite3* database, std::string_view sql) {
    sqlite3_stmt* made = nullptr;
    require(sqlite3_prepare_v3(database, sql.data(), static_cast<int>(sql.size()), 0, &made, nullptr));
    statement_.reset(made);
}

Statement& Statement::with_row(const Statement& row) {
    reset();
    for (int i = 0; i < sqlite3_column_count(row.statement_.get()); ++i) {
        require(sqlite3_bind_value(statement_.get(), i + 1, sqlite3_column_value(row.statement_.get(), i)));
    }
    return *this;
}

bool Statement::step() {
    const int result = sqlite3_step(statement_.get());
    if (result == SQLITE_ROW) {
        return true;
    }
    if (result != SQLITE_DONE) {
        sqlite3_reset(statement_.get()); // so that it does not keep a lock
        fail(result);
    }
    return false;
}

void Statement::run() {
    while (step()) {
    }
    reset();
}

void Statement::reset() { sqlite3_reset(statement_.get()); } // repeats the error that step() threw, if any

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(statement_.get(), column); }
double Statement::real(int column) const { return sqlite3_column_double(statement_.get(), column); }
std::string Statement::text(int column) const { return std::string(view(column)); }

std::string_view Statement::view(int column) const {
    const void* bytes = sqlite3_column_blob(statement_.get(), column); // of a text too: its bytes as they are
    const int size = sqlite3_column_bytes(statement_.get(), column);
    return bytes == nullptr ? std::string_view()
                            : std::string_view(static_cast<const char*>(bytes), static_cast<std::size_t>(size));
}

bool Statement::null(int column) const { return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL; }

void Statement::bind(int at, std::int64_t value) { require(sqlite3_bind_int64(statement_.get(), at, value)); }
void Statement::bind(int at, double value) { require(sqlite3_bind_double(statement_.get(), at, value)); }
void Statement::bind(int at, std::nullptr_t) { require(sqlite3_bind_null(statement_.get(), at)); }

void Statement::bind(int at, std::string_view value) {
    const char* text = value.data() == nullptr ? "" : value.data(); // SQLite takes nullptr for NULL
    require(sqlite3_bind_text64(statement_.get(), at, text, value.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
}

void Statement::bind(int at, Blob value) {
    const char* bytes = value.bytes.data() == nullptr ? "" : value.bytes.data();
    require(sqlite3_bind_blob64(statement_.get(), at, bytes, value.bytes.size(), SQLITE_TRANSIENT));
}

void Database::Close::operator()(sqlite3* database) const { sqlite3_close_v2(database); }

Database::Database(const std::filesystem::path& file, Access access) {
    sqlite3* opened = nullptr;
    constexpr int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    const int result = sqlite3_open_v2(file.c_str(), &opened, flags, nullptr);
    database_.reset(opened); // also a failed one wants to be closed
    require(result);
    require(sqlite3_busy_timeout(opened, patience_ms));
    if (access == Access::rescue) {
        execute("PRAGMA writable_schema = ON"); // reads files that were cut off; must come before anything is read
    }
    execute("PRAGMA cache_size = -" + std::to_string(cache_kib) +
            "; PRAGMA temp_store = MEMORY" // a temporary file would hold text in a public folder
            "; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON");
    if (access == Access::write) {
        // In WAL with FULL every commit is on the disk before it counts: a killed process and a power cut lose at most
        // what was not committed. Commits are few (store.cpp), so that the waiting costs nothing to speak of.
        execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                "PRAGMA secure_delete = ON; PRAGMA journal_size_limit = " +
                std::to_string(log_bytes));
    } else {
        execute("PRAGMA query_only = ON"); // not SQLITE_OPEN_READONLY, which cannot make the files of the WAL
    }
}

void Database::execute(const std::string& sql) {
    require(sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr, nullptr));
}

Statement Database::prepare(std::string_view sql) const { return {database_.get(), sql}; }

Statement& Database::cached(const char* sql) {
    const auto found = statements_.find(sql);
    return found != statements_.end() ? found->second : statements_.emplace(sql, prepare(sql)).first->second;
}

std::int64_t Database::number(std::string_view sql) const {
    Statement statement = prepare(sql);
    return statement.step() ? statement.integer(0) : 0;
}

int Database::changes() const { return sqlite3_changes(database_.get()); }
bool Database::in_transaction() const { return sqlite3_get_autocommit(database_.get()) == 0; }
std::int64_t Database::last_id() const { return sqlite3_last_insert_rowid(database_.get()); }

bool Database::checkpoint() {
    for (auto& [sql, statement] : statements_) {
        statement.reset(); // one that an error left in the middle would be in the way
    }
    Statement result = prepare("PRAGMA wal_checkpoint(TRUNCATE)");
    return result.step() && result.integer(0) == 0;
}

bool Database::rebuild(const std::filesystem::path& beside) {
    prepare("VACUUM INTO ?1").with(beside.native()).run();
    const Database source(beside, Access::rescue);
    sqlite3_backup* backup = sqlite3_backup_init(database_.get(), "main", source.database_.get(), "main");
    if (backup == nullptr) {
        fail(sqlite3_extended_errcode(database_.get()));
    }
    const int copied = sqlite3_backup_step(backup, -1);
    const int finished = sqlite3_backup_finish(backup);
    if (copied != SQLITE_DONE) {
        fail(copied);
    }
    require(finished);
    return checkpoint();
}

Transaction::Transaction(Database& database, bool writes) : database_(database) {
    database_.execute(writes ? "BEGIN IMMEDIATE" : "BEGIN");
}

Transaction::~Transaction() {
    if (database_.in_transaction()) { // a full disk has rolled it back already
        try {
            database_.execute("ROLLBACK");
        } catch (const Error&) { // the database is as it was in any case
        }
    }
}

void Transaction::commit() { database_.execute("COMMIT"); }

} // namespace saring::audit
