// The tables of a store. Their statements in store_schema.cpp are also their documentation: SQLite keeps the comments,
// so `sqlite3 FILE .schema` shows them.
#pragma once

#include "audit/sqlite.hpp"

namespace saring::audit {

inline constexpr int newest_schema = 2;

// "SRNG": tells a store from other SQLite files.
inline constexpr std::int64_t store_mark = 0x53524E47;

// The schema of a store: 0 for an empty file. Throws Error(store_newer) for one that is too new, Error(bad_option) for
// an SQLite file of another program.
int schema_of(const Database& database);

// One step after the other, each in a transaction of its own.
void migrate(Database& database, int to = newest_schema);

} // namespace saring::audit
