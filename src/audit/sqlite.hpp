// SQLite behind RAII: a database, its statements, a transaction. Errors become saring::Error with SQLite's own words
// for the code and never with what a statement holds. For one thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>

struct sqlite3;
struct sqlite3_stmt;

namespace saring::audit {

// Bytes that are no text; borrowed.
struct Blob {
    std::string_view bytes;
};

class Statement {
public:
    Statement(sqlite3* database, std::string_view sql);

    // Starts anew with these values for ?1, ?2 … Numbers and enumerations are integers; an empty optional is NULL.
    template <class... Values> Statement& with(const Values&... values) {
        reset();
        int at = 0;
        (bind(++at, values), ...);
        return *this;
    }

    // The same with the columns of another statement's row.
    Statement& with_row(const Statement& row);

    bool step(); // whether there is a row
    void run();  // to the end, whatever rows there are
    void reset();

    [[nodiscard]] std::int64_t integer(int column) const;
    template <class Number> [[nodiscard]] Number as(int column) const { return static_cast<Number>(integer(column)); }
    [[nodiscard]] double real(int column) const;
    [[nodiscard]] std::string text(int column) const;      // also of blobs
    [[nodiscard]] std::string_view view(int column) const; // until the next step
    [[nodiscard]] bool null(int column) const;

private:
    void bind(int at, std::int64_t value);
    void bind(int at, double value);
    void bind(int at, std::string_view value);
    void bind(int at, const std::string& value) { bind(at, std::string_view(value)); }
    void bind(int at, const char* value) { bind(at, std::string_view(value)); }
    void bind(int at, Blob value);
    void bind(int at, std::nullptr_t);
    template <class Number>
    requires std::is_integral_v<Number> || std::is_enum_v<Number>
    void bind(int at, Number value) { bind(at, static_cast<std::int64_t>(value)); }
    template <class Value> void bind(int at, const std::optional<Value>& value) {
        if (value) {
            bind(at, *value);
        } else {
            bind(at, nullptr);
        }
    }

    struct Finalise {
        void operator()(sqlite3_stmt* statement) const;
    };
    std::unique_ptr<sqlite3_stmt, Finalise> statement_;
};

enum class Access : std::uint8_t {
    write, // to an existing file, which may be empty
    read,
    rescue, // read what is readable of a damaged file
};

class Database {
public:
    // Throws Error(corrupt) for what is no database, as soon as it is read.
    Database(const std::filesystem::path& file, Access access);

    void execute(const std::string& sql);                        // one or several statements, without values
    [[nodiscard]] Statement prepare(std::string_view sql) const; // for loops that use others meanwhile
    // Kept and used again; `sql` is a literal, whose address is its key.
    Statement& cached(const char* sql);
    [[nodiscard]] std::int64_t
    number(std::string_view sql) const; // first column of the first row; 0 where there is none
    [[nodiscard]] int changes() const;
    [[nodiscard]] bool in_transaction() const;
    [[nodiscard]] std::int64_t last_id() const;

    // Everything of the write-ahead log into the database, and the log to nothing. False: a reader was in the way.
    bool checkpoint();
    // Rebuilds the database without what was deleted. `beside` is a file for the time being, made with mode 0600 by the
    // caller and wiped by him afterwards: VACUUM by itself would use memory or a public folder. False: as of
    // checkpoint().
    bool rebuild(const std::filesystem::path& beside);

private:
    struct Close {
        void operator()(sqlite3* database) const;
    };
    std::unique_ptr<sqlite3, Close> database_;
    std::unordered_map<const char*, Statement> statements_; // after database_: they go first
};

// Rolled back unless committed.
class Transaction {
public:
    explicit Transaction(Database& database, bool writes = true);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    void commit();

private:
    Database& database_;
};

} // namespace saring::audit
