// A damaged page takes the rows on it and the way to those behind it. So each table is read forwards until SQLite
// refuses, and then backwards from its end: what lies between two damaged pages is lost. The tables are STRICT and have
// checks, so that most of what is garbage is refused by the new store.
#include "audit/store_rescue.hpp"

#include "audit/private_file.hpp"
#include "saring/error.hpp"

#include <array>
#include <fstream>
#include <limits>
#include <optional>

namespace saring::audit {
namespace {

constexpr std::size_t head_bytes = 100;

// What matters most comes first.
constexpr std::array tables{"meta", "acceptances", "runs", "files", "past", "contents", "readings", "findings"};

// Columns of the table that both stores have.
std::string common_columns(const Database& damaged, const Database& fresh, const std::string& table) {
    const std::string of_table = "SELECT name FROM pragma_table_info('" + table + "')";
    std::string out;
    Statement wanted = fresh.prepare(of_table);
    while (wanted.step()) {
        Statement there = damaged.prepare(of_table + " WHERE name = ?1");
        if (there.with(wanted.view(0)).step()) {
            out += (out.empty() ? "" : ", ") + wanted.text(0);
        }
    }
    return out;
}

// Inserts rows until the end or the damage. `row` begins with the rowid; returns it of the last row that was read.
std::int64_t copy_rows(Statement& row, Statement& insert, std::int64_t last) {
    try {
        while (row.step()) {
            last = row.integer(0);
            try {
                insert.with_row(row).run();
            } catch (const Error& error) {
                if (error.code() != ErrorCode::internal) { // refused by the table: garbage
                    throw;
                }
            }
        }
    } catch (const Error& error) {
        if (error.code() != ErrorCode::corrupt) {
            throw;
        }
    }
    return last;
}

void copy_table(const Database& damaged, Database& fresh, const std::string& table) {
    try {
        const std::string columns = common_columns(damaged, fresh, table);
        if (columns.empty()) {
            return;
        }
        std::string places = "?2";
        for (std::size_t i = 0, at = 2; i < columns.size(); ++i) {
            if (columns[i] == ',') {
                places += ", ?" + std::to_string(++at);
            }
        }
        // ?1 is the rowid, which tables with an id have among their columns.
        Statement insert = fresh.prepare("INSERT OR IGNORE INTO " + table + " (" + columns + ") SELECT " + places +
                                         " WHERE ?1 IS NOT NULL");
        const std::string select =
            "SELECT rowid, " + columns + " FROM " + table + " NOT INDEXED WHERE rowid > ?1 ORDER BY rowid ";
        Statement forwards = damaged.prepare(select + "ASC");
        const std::int64_t last = copy_rows(forwards.with(std::numeric_limits<std::int64_t>::min()), insert,
                                            std::numeric_limits<std::int64_t>::min());
        Statement backwards = damaged.prepare(select + "DESC");
        copy_rows(backwards.with(last), insert, last);
    } catch (const Error& error) {
        if (error.code() != ErrorCode::corrupt && error.code() != ErrorCode::internal) { // not even the table is known
            throw;
        }
    }
}

// The head of a database of pages of 4 KiB, SQLite's default. "Database File Format" 1.3.
std::string plain_head(std::uintmax_t file_bytes) {
    constexpr std::uintmax_t page_bytes = 4096;
    std::string head(head_bytes, '\0');
    const auto put = [&](std::size_t at, std::uintmax_t value, std::size_t bytes) {
        for (std::size_t i = 0; i < bytes; ++i) {
            head[at + i] = static_cast<char>(value >> (8 * (bytes - 1 - i)) & 0xFF);
        }
    };
    head.replace(0, 15, "SQLite format 3"); // and a zero
    put(16, page_bytes, 2);
    put(18, 1, 1); // written and read without a log
    put(19, 1, 1);
    put(21, 64, 1); // three fixed shares of a page
    put(22, 32, 1);
    put(23, 32, 1);
    put(28, file_bytes / page_bytes, 4);
    put(40, 1, 4); // the schema changed once
    put(44, 4, 4); // its format
    put(56, 1, 4); // UTF-8
    return head;
}

// A damaged database, open as far as it goes. Where not even its tables are known, a copy with a new head is tried.
class Damaged {
public:
    explicit Damaged(const std::filesystem::path& file) : mended_(file) {
        mended_ += ".mended";
        if (!open(file) && mend(file)) {
            open(mended_);
        }
    }
    ~Damaged() {
        database_.reset();
        try {
            wipe_file(mended_);
        } catch (const Error&) { // a disk that refuses; the damaged file lies beside it in any case
        }
    }
    Damaged(const Damaged&) = delete;
    Damaged& operator=(const Damaged&) = delete;

    [[nodiscard]] const Database* get() const { return database_ ? &*database_ : nullptr; }

private:
    bool open(const std::filesystem::path& file) {
        try {
            database_.emplace(file, Access::rescue);
            if (database_->number("SELECT count(*) FROM sqlite_schema WHERE name = 'acceptances'") == 1) {
                return true;
            }
        } catch (const Error&) { // there is nothing to be had this way
        }
        database_.reset();
        return false;
    }

    bool mend(const std::filesystem::path& file) {
        wipe_file(mended_);
        copy_private(file, mended_);
        std::fstream stream(mended_, std::ios::in | std::ios::out | std::ios::binary);
        stream << plain_head(std::filesystem::file_size(mended_));
        return static_cast<bool>(stream.flush());
    }

    std::filesystem::path mended_;
    std::optional<Database> database_;
};

} // namespace

std::string rescued_vault(const std::filesystem::path& damaged) {
    const Damaged source(damaged);
    if (source.get() == nullptr) {
        return {};
    }
    try {
        Statement row = source.get()->prepare("SELECT value FROM meta NOT INDEXED WHERE name = 'vault'");
        return row.step() ? row.text(0) : std::string();
    } catch (const Error&) {
        return {};
    }
}

Rescued rescue(const std::filesystem::path& damaged, Database& fresh) {
    const Damaged source(damaged);
    if (source.get() == nullptr) {
        return {};
    }
    Transaction transaction(fresh);
    for (const char* table : tables) {
        copy_table(*source.get(), fresh, table);
    }
    fresh.execute("UPDATE contents SET rules_key = '';"
                  "DELETE FROM findings WHERE content NOT IN (SELECT id FROM contents);"
                  "DELETE FROM readings WHERE content NOT IN (SELECT id FROM contents);"
                  "DELETE FROM past WHERE file NOT IN (SELECT id FROM files)");
    transaction.commit();
    return {static_cast<std::uint64_t>(fresh.number("SELECT count(*) FROM acceptances WHERE ended IS NULL")),
            static_cast<std::uint64_t>(fresh.number("SELECT count(*) FROM contents"))};
}

} // namespace saring::audit
