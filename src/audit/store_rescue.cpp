// A damaged page takes the rows on it and the way to those behind it. So each table is read forwards until SQLite
// refuses, and then backwards from its end: what lies between two damaged pages is lost. The tables are STRICT and have
// checks, so that most of what is garbage is refused by the new store.
#include "audit/store_rescue.hpp"

#include "saring/error.hpp"

#include <array>
#include <limits>
#include <optional>

namespace saring::audit {
namespace {

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

std::optional<Database> opened(const std::filesystem::path& damaged) {
    try {
        return std::optional<Database>(std::in_place, damaged, Access::rescue);
    } catch (const Error&) {
        return std::nullopt;
    }
}

} // namespace

std::string rescued_vault(const std::filesystem::path& damaged) {
    try {
        const Database database(damaged, Access::rescue);
        Statement row = database.prepare("SELECT value FROM meta NOT INDEXED WHERE name = 'vault'");
        return row.step() ? row.text(0) : std::string();
    } catch (const Error&) {
        return {};
    }
}

Rescued rescue(const std::filesystem::path& damaged, Database& fresh) {
    const std::optional<Database> source = opened(damaged);
    if (!source) {
        return {};
    }
    Transaction transaction(fresh);
    for (const char* table : tables) {
        copy_table(*source, fresh, table);
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
