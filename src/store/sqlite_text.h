/* What the store says to SQLite: its tables and its statements. For sqlite_db.c alone.
 *
 * Ids and keys are 16 bytes. `current` is 1 on the report that stands for its key: the newest one, or a
 * report without a key. `sequence` comes from AUTOINCREMENT, so that no number is given twice, not even after
 * the last report was removed. Members are ids, not sequence numbers: between a removal and the next grouping
 * they may lead nowhere, which is why no foreign key is declared; verify checks what foreign keys would.
 * `sum` is the 64-bit hash of the path or packed record beside it, of a chunk's family and key too; the
 * record of a report bears its own. */
#ifndef DSR_STORE_SQLITE_TEXT_H
#define DSR_STORE_SQLITE_TEXT_H

#include "store/sqlite_db.h"

enum {
    STORE_APPLICATION = 0x44535253, /* "DSRS", in the file's header */
    STORE_FORMAT = 3                /* PRAGMA user_version */
};

/* SQLite keeps these texts word for word; a store whose texts differ is not trusted. */
static const char *const SCHEMA[] = {
    "CREATE TABLE about(name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE report(sequence INTEGER PRIMARY KEY AUTOINCREMENT, id BLOB NOT NULL CHECK(length(id) = 16),"
    " key BLOB CHECK(length(key) = 16), current INTEGER NOT NULL, packed BLOB NOT NULL) STRICT",
    "CREATE UNIQUE INDEX report_id ON report(id)",
    "CREATE INDEX report_key ON report(key) WHERE key IS NOT NULL",
    "CREATE TABLE path(report INTEGER NOT NULL, ordinal INTEGER NOT NULL, path BLOB NOT NULL, sum INTEGER "
    "NOT NULL,"
    " PRIMARY KEY(report, ordinal)) STRICT, WITHOUT ROWID",
    "CREATE TABLE story(position INTEGER PRIMARY KEY, id BLOB NOT NULL CHECK(length(id) = 16),"
    " packed BLOB NOT NULL, sum INTEGER NOT NULL) STRICT",
    "CREATE UNIQUE INDEX story_id ON story(id)",
    "CREATE TABLE member(story INTEGER NOT NULL, ordinal INTEGER NOT NULL, report BLOB NOT NULL"
    " CHECK(length(report) = 16), PRIMARY KEY(story, ordinal)) STRICT, WITHOUT ROWID",
    "CREATE TABLE chunk(family INTEGER NOT NULL, key BLOB NOT NULL CHECK(length(key) BETWEEN 1 AND 32),"
    " value BLOB NOT NULL, sum INTEGER NOT NULL, PRIMARY KEY(family, key)) STRICT, WITHOUT ROWID",
    "CREATE TABLE learnt(place INTEGER PRIMARY KEY CHECK(place = 1), packed BLOB NOT NULL, sum INTEGER NOT "
    "NULL)"
    " STRICT",
};
enum { SCHEMA_COUNT = sizeof SCHEMA / sizeof SCHEMA[0] };

static const char *const STATEMENT_TEXTS[DSR_SQLITE_STATEMENTS] = {
    [DSR_SQLITE_BEGIN_CHANGE] = "BEGIN IMMEDIATE",
    [DSR_SQLITE_BEGIN_VIEW] = "BEGIN DEFERRED",
    [DSR_SQLITE_COMMIT] = "COMMIT",
    [DSR_SQLITE_ROLLBACK] = "ROLLBACK",
    [DSR_SQLITE_DATA_VERSION] = "PRAGMA data_version",
    [DSR_SQLITE_TOTALS] = "SELECT count(*) FROM report",
    [DSR_SQLITE_LAST_SEQUENCE] = "SELECT seq FROM sqlite_sequence WHERE name = 'report'",
    [DSR_SQLITE_REPORT_KNOWN] = "SELECT sequence, id, key, current FROM report WHERE id = ?1",
    [DSR_SQLITE_REPORT_GET] = "SELECT sequence, id, key, current, packed,"
                              " (SELECT path FROM path WHERE report = sequence ORDER BY ordinal LIMIT 1)"
                              " FROM report WHERE id = ?1",
    [DSR_SQLITE_REPORT_NEWEST] =
        "SELECT sequence, id, key, current FROM report WHERE key = ?1 ORDER BY sequence DESC LIMIT 1",
    [DSR_SQLITE_REPORT_INSERT] = "INSERT INTO report(id, key, current, packed) VALUES(?1, ?2, 1, ?3)",
    [DSR_SQLITE_REPORT_SET_CURRENT] = "UPDATE report SET current = ?2 WHERE sequence = ?1",
    [DSR_SQLITE_REPORT_DELETE] = "DELETE FROM report WHERE sequence = ?1",
    [DSR_SQLITE_REPORT_WALK] =
        "SELECT sequence, id, key, current, packed,"
        " (SELECT path FROM path WHERE report = sequence ORDER BY ordinal LIMIT 1)"
        " FROM report WHERE sequence > ?1 AND (current = 1 OR ?2 = 0) ORDER BY sequence",
    [DSR_SQLITE_REPORT_FIND] = "SELECT count(*), min(id) FROM report WHERE id BETWEEN ?1 AND ?2",
    [DSR_SQLITE_PATH_LIST] = "SELECT path FROM path WHERE report = ?1 ORDER BY ordinal",
    [DSR_SQLITE_PATH_INSERT] = "INSERT INTO path(report, ordinal, path, sum) VALUES(?1, ?2, ?3, ?4)",
    [DSR_SQLITE_PATH_SUMS] = "SELECT report, path, sum FROM path",
    [DSR_SQLITE_PATH_DELETE] = "DELETE FROM path WHERE report = ?1",
    [DSR_SQLITE_STORY_CLEAR] = "DELETE FROM story",
    [DSR_SQLITE_STORY_INSERT] = "INSERT INTO story(position, id, packed, sum) VALUES(?1, ?2, ?3, ?4)",
    [DSR_SQLITE_STORY_WALK] =
        "SELECT position, id, packed FROM story WHERE position > ?1 ORDER BY position LIMIT 1",
    [DSR_SQLITE_STORY_GET] = "SELECT position, id, packed FROM story WHERE id = ?1",
    [DSR_SQLITE_STORY_FIND] = "SELECT count(*), min(id) FROM story WHERE id BETWEEN ?1 AND ?2",
    [DSR_SQLITE_STORY_SUMS] = "SELECT position, packed, sum FROM story",
    [DSR_SQLITE_MEMBER_CLEAR] = "DELETE FROM member",
    [DSR_SQLITE_MEMBER_INSERT] = "INSERT INTO member(story, ordinal, report) VALUES(?1, ?2, ?3)",
    [DSR_SQLITE_LEARNT_PUT] = "INSERT OR REPLACE INTO learnt(place, packed, sum) VALUES(1, ?1, ?2)",
    [DSR_SQLITE_LEARNT_GET] = "SELECT packed FROM learnt",
    [DSR_SQLITE_LEARNT_SUMS] = "SELECT place, packed, sum FROM learnt",
    [DSR_SQLITE_STORY_DROP] = "DELETE FROM story WHERE position = ?1",
    [DSR_SQLITE_STORY_AT] = "SELECT position, id, packed FROM story WHERE position = ?1",
    [DSR_SQLITE_MEMBER_DROP] = "DELETE FROM member WHERE story = ?1 AND ordinal > ?2",
    [DSR_SQLITE_CHUNK_PUT] = "INSERT OR REPLACE INTO chunk(family, key, value, sum) VALUES(?1, ?2, ?3, ?4)",
    [DSR_SQLITE_CHUNK_DROP] = "DELETE FROM chunk WHERE family = ?1 AND key = ?2",
    [DSR_SQLITE_CHUNK_GET] = "SELECT key, value, sum FROM chunk WHERE family = ?1 AND key = ?2",
    [DSR_SQLITE_CHUNK_FIRST] =
        "SELECT key, value, sum FROM chunk WHERE family = ?1 AND key >= ?2 ORDER BY key LIMIT 1",
    [DSR_SQLITE_CHUNK_WALK] =
        "SELECT key, value, sum FROM chunk WHERE family = ?1 AND key > ?2 ORDER BY key LIMIT 1",
    [DSR_SQLITE_CHUNK_SUMS] = "SELECT key, value, sum, family FROM chunk",
    [DSR_SQLITE_MEMBER_LIST] = "SELECT report FROM member WHERE story = ?1 ORDER BY ordinal",
};

/* What must count 0 in a store that is whole, beside SQLite's own check and the proof that all backends
 * share. */
static const struct {
    const char *count;
    const char *sentence;
} PROOFS[] = {
    {"SELECT count(*) FROM path WHERE report NOT IN (SELECT sequence FROM report)",
     "paths belong to a report that is not there"},
    {"SELECT count(*) FROM (SELECT 1 FROM path GROUP BY report HAVING min(ordinal) <> 1 OR max(ordinal) <> "
     "count(*))",
     "reports have a gap in the list of their paths"},
    {"SELECT count(*) FROM member WHERE story NOT IN (SELECT position FROM story)",
     "members belong to a story that is not there"},
    {"SELECT count(*) FROM (SELECT 1 FROM member GROUP BY story HAVING min(ordinal) <> 1 OR max(ordinal) <> "
     "count(*))",
     "stories have a gap in the list of their members"},
    {"SELECT count(*) FROM report WHERE current NOT IN (0, 1)",
     "reports have a mark of being current that is neither"},
};
enum { PROOF_COUNT = sizeof PROOFS / sizeof PROOFS[0] };

#endif
