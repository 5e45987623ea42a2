/* The connection to an SQLite file: opening and making it, its statements, and what a failure means in words.
 * The only file that knows SQLite. Must not know what the tables mean beyond their being there.
 *
 * Why a rollback journal and not a write-ahead log (WAL): a store is one file that can be copied while nobody
 * writes, can be read from a read-only folder or medium, and is left alone by reading. A WAL reader must
 * write a -shm file beside it, and WAL needs shared memory, which network folders lack. synchronous=EXTRA
 * syncs the folder too once the journal is gone: what commit reported outlives a power cut. A process that is
 * killed leaves its journal behind; whoever opens the store next undoes the half-done change with it, readers
 * too.
 *
 * The file is not trusted: its tables must be word for word ours, no trigger or view runs, cells are checked
 * as they are read, nothing larger than a record may be is loaded. */
#include "store/backend.h"

#include "base/limits.h"
#include "store/sqlite_text.h"

#include <errno.h>
#include <limits.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    BUSY_MILLISECONDS = 5000,
    HEADER_BYTES = 100,      /* of an SQLite file */
    HEADER_APPLICATION = 68, /* place of the application id in it, 4 bytes big endian */
    ROW_SLACK = 256 * 1024,  /* of a row beyond its packed record */
    VERSION_BYTES = 32       /* of the text that names a version */
};

struct dsr_sqlite {
    sqlite3 *db;
    char *path;
    sqlite3_stmt *statements[DSR_SQLITE_STATEMENTS];
};

/* --- failures --- */

static void name_store(const dsr_sqlite *db, dsr_error *error)
{
    dsr_error_set_subject(error, db->path, strlen(db->path));
}

dsr_status dsr_sqlite_fail(const dsr_sqlite *db, dsr_error *error, dsr_status status, const char *sentence)
{
    (void)dsr_fail(error, status, DSR_STORE_STAGE, "%s", sentence);
    name_store(db, error);
    return status;
}

dsr_status dsr_sqlite_fail_damaged(const dsr_sqlite *db, dsr_error *error, const char *what)
{
    (void)dsr_fail(error, DSR_ERR_STORE, DSR_STORE_STAGE,
                   "the store is damaged (%s); put back a copy of it, or add the reports to a new store",
                   what);
    name_store(db, error);
    return DSR_ERR_STORE;
}

static dsr_status fail_full_disk(const dsr_sqlite *db, dsr_error *error)
{
    return dsr_sqlite_fail(
        db, error, DSR_ERR_IO,
        "the disk is full; the store is as it was; free space and run the same command again");
}

/* Whether the folder of the store is there: SQLite's last try tells of a missing file where the first was
 * forbidden. */
static bool has_folder(const dsr_sqlite *db)
{
    char folder[PATH_MAX];
    const char *slash = strrchr(db->path, '/');
    size_t length = slash ? (size_t)(slash - db->path) : 0;
    if (length >= sizeof folder) {
        return false;
    }
    memcpy(folder, length ? db->path : ".", length ? length : 1);
    folder[length ? length : 1] = '\0';
    return access(slash && !length ? "/" : folder, F_OK) == 0;
}

static dsr_status fail_system(const dsr_sqlite *db, int number, const char *otherwise, dsr_error *error)
{
    if (number == ENOENT && has_folder(db)) {
        number = EACCES;
    }
    if (number == ENOENT || number == ENOTDIR) {
        return dsr_sqlite_fail(db, error, DSR_ERR_IO,
                               "the folder of the store is not there; make it, or name another place");
    }
    char reason[128];
    if (number == 0 || strerror_r(number, reason, sizeof reason) != 0) {
        snprintf(reason, sizeof reason, "%s", otherwise);
    }
    (void)dsr_fail(
        error, DSR_ERR_IO, DSR_STORE_STAGE,
        "the system refuses to read or write the store (%s); nothing was taken; check the disk and "
        "who may use the file and its folder",
        reason);
    name_store(db, error);
    return DSR_ERR_IO;
}

/* A write that SQLite does not know as a full disk: a quota or a limit on the size of files is one all the
 * same. What the system said is kept with the file; errno itself was used again since. */
static dsr_status fail_io(const dsr_sqlite *db, int result, dsr_error *error)
{
    int number = 0;
    (void)sqlite3_file_control(db->db, "main", SQLITE_FCNTL_LAST_ERRNO, &number);
    if (number == ENOSPC || number == EDQUOT || number == EFBIG) {
        return fail_full_disk(db, error);
    }
    if (result == SQLITE_IOERR_WRITE) {
        return dsr_sqlite_fail(
            db, error, DSR_ERR_IO,
            "the disk is full, a quota is used up, or the disk fails; nothing was taken; free "
            "space and run the same command again");
    }
    return fail_system(db, number, sqlite3_errstr(result), error);
}

static dsr_status fail_readonly(const dsr_sqlite *db, int result, dsr_error *error)
{
    if (result == SQLITE_READONLY_ROLLBACK) {
        return dsr_sqlite_fail(
            db, error, DSR_ERR_IO,
            "a process was stopped while it wrote to the store, and what it left half-done cannot be "
            "undone because the file or its folder may not be written; let it be written and run the "
            "command again");
    }
    if (result == SQLITE_READONLY_DBMOVED) {
        return dsr_sqlite_fail(
            db, error, DSR_ERR_IO,
            "the store was moved or deleted while it was open; nothing was taken; run the command "
            "again");
    }
    return dsr_sqlite_fail(
        db, error, DSR_ERR_IO,
        "the store may not be written; nothing was taken; check who may write the file and its "
        "folder");
}

/* The failure that an SQLite result stands for. */
static dsr_status fail_result(const dsr_sqlite *db, int result, dsr_error *error)
{
    if (result == SQLITE_IOERR_NOMEM) {
        return dsr_fail_memory(error, DSR_STORE_STAGE);
    }
    switch (result & 0xff) {
    case SQLITE_NOMEM:
        return dsr_fail_memory(error, DSR_STORE_STAGE);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return dsr_sqlite_fail(
            db, error, DSR_ERR_BUSY,
            "another process uses the store and did not let go of it within 5 seconds; nothing was "
            "taken; run the command again when the other has ended");
    case SQLITE_FULL:
        return fail_full_disk(db, error);
    case SQLITE_READONLY:
        return fail_readonly(db, result, error);
    case SQLITE_IOERR:
        return fail_io(db, result, error);
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
        return fail_system(db, sqlite3_system_errno(db->db), sqlite3_errstr(result), error);
    case SQLITE_TOOBIG:
        return dsr_sqlite_fail(db, error, DSR_ERR_LIMIT,
                               "a record in the store is larger than a record may be");
    case SQLITE_NOTADB:
        return dsr_sqlite_fail(
            db, error, DSR_ERR_STORE,
            "this file is no Dossier store; name the store's file, or another place for a new one");
    default:
        return dsr_sqlite_fail_damaged(db, error, sqlite3_errstr(result));
    }
}

/* --- statements --- */

static int prepare(dsr_sqlite *db, dsr_sqlite_statement which)
{
    if (db->statements[which] != NULL) {
        return SQLITE_OK;
    }
    return sqlite3_prepare_v3(db->db, STATEMENT_TEXTS[which], -1, SQLITE_PREPARE_PERSISTENT,
                              &db->statements[which], NULL);
}

dsr_sqlite_query dsr_sqlite_take(dsr_sqlite *db, dsr_sqlite_statement which)
{
    int result = prepare(db, which);
    return (dsr_sqlite_query){db, db->statements[which], result};
}

void dsr_sqlite_bind_number(dsr_sqlite_query *query, int at, int64_t number)
{
    if (query->result == SQLITE_OK) {
        query->result = sqlite3_bind_int64(query->stmt, at, number);
    }
}

void dsr_sqlite_bind_slice(dsr_sqlite_query *query, int at, dsr_slice bytes)
{
    if (query->result == SQLITE_OK) {
        query->result =
            sqlite3_bind_blob64(query->stmt, at, bytes.len == 0 ? "" : bytes.ptr, bytes.len, SQLITE_STATIC);
    }
}

void dsr_sqlite_bind_id(dsr_sqlite_query *query, int at, const dsr_id *id)
{
    if (query->result != SQLITE_OK) {
        return;
    }
    if (dsr_id_is_none(*id)) {
        query->result = sqlite3_bind_null(query->stmt, at);
    } else {
        query->result = sqlite3_bind_blob(query->stmt, at, id->bytes, (int)sizeof id->bytes, SQLITE_STATIC);
    }
}

dsr_status dsr_sqlite_step(dsr_sqlite_query *query, bool *row, dsr_error *error)
{
    int result = query->result;
    if (result == SQLITE_OK) {
        result = sqlite3_step(query->stmt);
    }
    *row = result == SQLITE_ROW;
    if (*row) {
        return DSR_OK;
    }
    dsr_status status = result == SQLITE_DONE ? DSR_OK : fail_result(query->db, result, error);
    dsr_sqlite_done(query);
    return status;
}

void dsr_sqlite_done(dsr_sqlite_query *query)
{
    (void)sqlite3_reset(query->stmt); /* repeats the failure that step has told */
}

dsr_status dsr_sqlite_run(dsr_sqlite_query *query, dsr_error *error)
{
    bool row;
    dsr_status status = dsr_sqlite_step(query, &row, error);
    dsr_sqlite_done(query);
    return status;
}

bool dsr_sqlite_get_number(const dsr_sqlite_query *query, int at, int64_t *out)
{
    if (sqlite3_column_type(query->stmt, at) != SQLITE_INTEGER) {
        return false;
    }
    *out = sqlite3_column_int64(query->stmt, at);
    return true;
}

bool dsr_sqlite_get_slice(const dsr_sqlite_query *query, int at, dsr_slice *out)
{
    int type = sqlite3_column_type(query->stmt, at);
    if (type == SQLITE_NULL) {
        *out = DSR_SLICE_NONE;
        return true;
    }
    if (type != SQLITE_BLOB) {
        return false;
    }
    const char *bytes = sqlite3_column_blob(query->stmt, at);
    int size = sqlite3_column_bytes(query->stmt, at);
    *out = bytes == NULL || size <= 0 ? DSR_SLICE("") : (dsr_slice){bytes, (size_t)size};
    return true;
}

bool dsr_sqlite_get_id(const dsr_sqlite_query *query, int at, dsr_id *out)
{
    dsr_slice bytes;
    if (!dsr_sqlite_get_slice(query, at, &bytes)) {
        return false;
    }
    dsr_id id = {{0}};
    if (bytes.ptr != NULL) {
        if (bytes.len != sizeof id.bytes) {
            return false;
        }
        memcpy(id.bytes, bytes.ptr, sizeof id.bytes);
    }
    *out = id;
    return true;
}

int64_t dsr_sqlite_last_insert(const dsr_sqlite *db)
{
    return sqlite3_last_insert_rowid(db->db);
}

void dsr_sqlite_rollback(const dsr_sqlite *db)
{
    if (sqlite3_get_autocommit(db->db) != 0) { /* none is open, or SQLite gave it up after a failure */
        return;
    }
    if (db->statements[DSR_SQLITE_ROLLBACK] == NULL) {
        (void)sqlite3_exec(db->db, "ROLLBACK", NULL, NULL, NULL); /* while opening */
        return;
    }
    (void)sqlite3_step(db->statements[DSR_SQLITE_ROLLBACK]);
    (void)sqlite3_reset(db->statements[DSR_SQLITE_ROLLBACK]);
}

/* --- opening --- */

/* What is at the path before SQLite touches it. */
static dsr_status check_place(const dsr_sqlite *db, dsr_store_mode mode, dsr_error *error)
{
    struct stat info;
    if (stat(db->path, &info) != 0) {
        if (errno != ENOENT && errno != ENOTDIR) {
            return fail_system(db, errno, "", error);
        }
        return mode == DSR_STORE_WRITE ? DSR_OK
                                       : dsr_sqlite_fail(db, error, DSR_ERR_NOT_FOUND,
                                                         "there is no store here; `dossier add` makes one");
    }
    if (!S_ISREG(info.st_mode)) {
        return dsr_sqlite_fail(db, error, DSR_ERR_STORE,
                               S_ISDIR(info.st_mode) ? "this is a folder, not a store; name a file in it"
                                                     : "this is no file; name a file for the store");
    }
    if (info.st_size == 0 && mode == DSR_STORE_READ) {
        return dsr_sqlite_fail(db, error, DSR_ERR_NOT_FOUND,
                               "nothing has been taken into this store yet; `dossier add` fills it");
    }
    return DSR_OK;
}

/* Limits and switches that touch nothing in the file. */
static void distrust(sqlite3 *db)
{
    (void)sqlite3_extended_result_codes(db, 1);
    (void)sqlite3_busy_timeout(db, BUSY_MILLISECONDS);
    (void)sqlite3_limit(db, SQLITE_LIMIT_LENGTH, DSR_LIMIT_PACKED_BYTES + ROW_SLACK);
    (void)sqlite3_limit(db, SQLITE_LIMIT_ATTACHED, 0);
    (void)sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    (void)sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    (void)sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
    (void)sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
}

static dsr_status connect(dsr_sqlite *db, dsr_store_mode mode, dsr_error *error)
{
    int flags = SQLITE_OPEN_NOMUTEX;
    flags |= mode == DSR_STORE_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    int result = sqlite3_open_v2(db->path, &db->db, flags, NULL);
    if (db->db == NULL) {
        return dsr_fail_memory(error, DSR_STORE_STAGE);
    }
    if (result != SQLITE_OK) {
        return fail_result(db, result, error);
    }
    distrust(db->db);
    if (mode == DSR_STORE_WRITE && sqlite3_db_readonly(db->db, "main") == 1) {
        return fail_readonly(db, SQLITE_READONLY, error); /* SQLite settles for reading */
    }
    return DSR_OK;
}

static int execute(const dsr_sqlite *db, const char *sql)
{
    return sqlite3_exec(db->db, sql, NULL, NULL, NULL);
}

/* The number that a statement outside the table of statements gives; an SQLite result. */
static int query_number(const dsr_sqlite *db, const char *sql, int64_t *out)
{
    sqlite3_stmt *stmt = NULL;
    int result = sqlite3_prepare_v2(db->db, sql, -1, &stmt, NULL);
    if (result == SQLITE_OK) {
        result = sqlite3_step(stmt);
    }
    if (result == SQLITE_ROW) {
        *out = sqlite3_column_int64(stmt, 0);
        result = SQLITE_OK;
    } else if (result == SQLITE_DONE) {
        result = SQLITE_CORRUPT;
    }
    (void)sqlite3_finalize(stmt);
    return result;
}

typedef struct nature {
    int64_t application, format, tables;
} nature;

static int read_numbers_of_nature(const dsr_sqlite *db, nature *n)
{
    int result = query_number(db, "PRAGMA application_id", &n->application);
    if (result == SQLITE_OK) {
        result = query_number(db, "PRAGMA user_version", &n->format);
    }
    if (result == SQLITE_OK && n->application == 0) {
        result = query_number(db, "SELECT count(*) FROM sqlite_schema", &n->tables);
    }
    return result;
}

/* In one view: another process may be making the store at this moment. */
static int read_nature(const dsr_sqlite *db, nature *out)
{
    nature n = {0, 0, 0};
    bool own = sqlite3_get_autocommit(db->db) != 0;
    int result = own ? execute(db, "BEGIN") : SQLITE_OK;
    if (result == SQLITE_OK) {
        result = read_numbers_of_nature(db, &n);
    }
    if (own) {
        dsr_sqlite_rollback(db);
    }
    *out = n;
    return result;
}

static bool is_blank(const nature *n)
{
    return n->application == 0 && n->format == 0 && n->tables == 0;
}

/* "Dossier 1.2.0", as far as another version's store tells, else "a newer version". The text comes from a
 * file. */
static void name_writer(const dsr_sqlite *db, bool newer, char out[VERSION_BYTES + 16])
{
    static const char allowed[] = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.+~-";
    snprintf(out, VERSION_BYTES + 16, "%s version", newer ? "a newer" : "an older");
    sqlite3_stmt *stmt = NULL;
    int result =
        sqlite3_prepare_v2(db->db, "SELECT value FROM about WHERE name = 'written_by'", -1, &stmt, NULL);
    if (result == SQLITE_OK && sqlite3_step(stmt) == SQLITE_ROW &&
        sqlite3_column_type(stmt, 0) == SQLITE_TEXT) {
        const char *text = (const char *)sqlite3_column_text(stmt, 0);
        size_t length = text == NULL ? 0 : strlen(text);
        if (length > 0 && length < VERSION_BYTES && strspn(text, allowed) == length) {
            snprintf(out, VERSION_BYTES + 16, "Dossier %s", text);
        }
    }
    (void)sqlite3_finalize(stmt);
}

static dsr_status fail_version(const dsr_sqlite *db, int64_t format, dsr_error *error)
{
    char writer[VERSION_BYTES + 16];
    bool newer = format > STORE_FORMAT;
    name_writer(db, newer, writer);
    (void)dsr_fail(error, DSR_ERR_VERSION, DSR_STORE_STAGE,
                   "%s wrote this store (format %lld), and this is Dossier " DSR_VERSION " (format %d); %s",
                   writer, (long long)format, STORE_FORMAT,
                   newer ? "use that version or a later one" : "add the reports to a new store");
    name_store(db, error);
    return DSR_ERR_VERSION;
}

static dsr_status check_nature(const dsr_sqlite *db, const nature *n, dsr_error *error)
{
    if (n->application != STORE_APPLICATION) {
        return dsr_sqlite_fail(
            db, error, DSR_ERR_STORE,
            "this file is another program's database and no Dossier store; name the store's file, or "
            "another place for a new one");
    }
    return n->format == STORE_FORMAT ? DSR_OK : fail_version(db, n->format, error);
}

/* Makes the tables, all or none. Another process may have been faster: then they are looked at instead. */
static int make_tables(const dsr_sqlite *db)
{
    nature n;
    int result = read_nature(db, &n);
    if (result != SQLITE_OK || !is_blank(&n)) {
        return result;
    }
    for (size_t i = 0; i < SCHEMA_COUNT && result == SQLITE_OK; i++) {
        result = execute(db, SCHEMA[i]);
    }
    char sql[256];
    snprintf(sql, sizeof sql,
             "INSERT INTO about VALUES('written_by', '" DSR_VERSION "');"
             "PRAGMA application_id = %d; PRAGMA user_version = %d",
             STORE_APPLICATION, STORE_FORMAT);
    return result == SQLITE_OK ? execute(db, sql) : result;
}

/* A record of news takes about 2 KB: in pages of 8 KB three of them lie side by side and little is lost. */
static int make_store(dsr_sqlite *db)
{
    int result = execute(db, "PRAGMA page_size = 8192; PRAGMA auto_vacuum = NONE; PRAGMA synchronous = EXTRA;"
                             "BEGIN IMMEDIATE");
    if (result != SQLITE_OK) {
        return result;
    }
    result = make_tables(db);
    if (result == SQLITE_OK) {
        result = execute(db, "COMMIT");
    }
    dsr_sqlite_rollback(db);
    return result;
}

/* For another program's database we do nothing, not even undo. */
static bool header_is_ours(const char *path)
{
    unsigned char header[HEADER_BYTES];
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return false;
    }
    size_t count = fread(header, 1, sizeof header, file);
    fclose(file);
    const unsigned char *at = header + HEADER_APPLICATION;
    return count == sizeof header && (((uint32_t)at[0] << 24) | ((uint32_t)at[1] << 16) |
                                      ((uint32_t)at[2] << 8) | at[3]) == STORE_APPLICATION;
}

/* A killed process has left its journal. Reading alone cannot undo what it left half-done; a second
 * connection does. */
static int undo_leftovers(const dsr_sqlite *db)
{
    int64_t ignored;
    dsr_sqlite second = {.path = db->path};
    if (!header_is_ours(db->path)) {
        return SQLITE_READONLY_ROLLBACK;
    }
    int result = sqlite3_open_v2(db->path, &second.db, SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READWRITE, NULL);
    if (result == SQLITE_OK) {
        distrust(second.db);
        result = query_number(&second, "PRAGMA application_id", &ignored);
    }
    (void)sqlite3_close(second.db);
    return result;
}

/* That the file is a store of this format; a blank one becomes one where that is allowed. */
static dsr_status recognise(dsr_sqlite *db, dsr_store_mode mode, dsr_error *error)
{
    nature n;
    int result = read_nature(db, &n);
    if (result == SQLITE_READONLY_ROLLBACK) {
        result = undo_leftovers(db);
        if (result == SQLITE_OK) {
            result = read_nature(db, &n);
        }
    }
    if (result == SQLITE_OK && is_blank(&n) && mode == DSR_STORE_WRITE) {
        result = make_store(db);
        if (result == SQLITE_OK) {
            result = read_nature(db, &n);
        }
    }
    return result == SQLITE_OK ? check_nature(db, &n, error) : fail_result(db, result, error);
}

/* cache_size: a writer whose changes fit (32 MB, about 10,000 reports) locks readers out at its commit only.
 * A report that is removed is wiped from the file as well (secure_delete). */
static dsr_status set_up(dsr_sqlite *db, dsr_store_mode mode, dsr_error *error)
{
    int result =
        execute(db, "PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY;"
                    "PRAGMA synchronous = EXTRA; PRAGMA secure_delete = ON; PRAGMA cache_size = -32768");
    if (result == SQLITE_OK && mode == DSR_STORE_WRITE) {
        result = execute(db, "PRAGMA journal_mode = DELETE");
    }
    for (unsigned which = DSR_SQLITE_BEGIN_CHANGE; which <= DSR_SQLITE_ROLLBACK && result == SQLITE_OK;
         which++) {
        result = prepare(db, (dsr_sqlite_statement)which); /* so that ending a transaction needs no memory */
    }
    return result == SQLITE_OK ? DSR_OK : fail_result(db, result, error);
}

static bool is_ours(const char *sql)
{
    for (size_t i = 0; i < SCHEMA_COUNT; i++) {
        if (strcmp(sql, SCHEMA[i]) == 0) {
            return true;
        }
    }
    return false;
}

static dsr_status check_schema(const dsr_sqlite *db, dsr_error *error)
{
    static const char sql[] =
        "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND substr(name, 1, 7) <> 'sqlite_'";
    sqlite3_stmt *stmt = NULL;
    size_t ours = 0;
    size_t others = 0;
    int result = sqlite3_prepare_v2(db->db, sql, -1, &stmt, NULL);
    while (result == SQLITE_OK && (result = sqlite3_step(stmt)) == SQLITE_ROW) {
        const char *text = (const char *)sqlite3_column_text(stmt, 0);
        if (text != NULL && is_ours(text)) {
            ours++;
        } else {
            others++;
        }
        result = SQLITE_OK;
    }
    dsr_status status = result == SQLITE_DONE ? DSR_OK : fail_result(db, result, error);
    (void)sqlite3_finalize(stmt);
    if (status == DSR_OK && (ours != SCHEMA_COUNT || others != 0)) {
        return dsr_sqlite_fail_damaged(db, error, "its tables are not those of a store");
    }
    return status;
}

/* With "./" before a relative path SQLite sees no URI and none of its special names in it. */
static char *plain_path(const char *path)
{
    const char *before = path[0] == '/' ? "" : "./";
    size_t size = strlen(before) + strlen(path) + 1;
    char *plain = malloc(size);
    if (plain != NULL) {
        snprintf(plain, size, "%s%s", before, path);
    }
    return plain;
}

static dsr_status open_at(dsr_sqlite *db, dsr_store_mode mode, dsr_error *error)
{
    dsr_status status = check_place(db, mode, error);
    if (status == DSR_OK) {
        status = connect(db, mode, error);
    }
    if (status == DSR_OK) {
        status = recognise(db, mode, error);
    }
    if (status == DSR_OK) {
        status = check_schema(db, error);
    }
    return status == DSR_OK ? set_up(db, mode, error) : status;
}

dsr_status dsr_sqlite_open(const char *path, dsr_store_mode mode, dsr_sqlite **out, dsr_error *error)
{
    dsr_sqlite *db = calloc(1, sizeof *db);
    if (db == NULL || (db->path = plain_path(path)) == NULL) {
        free(db);
        return dsr_fail_memory(error, DSR_STORE_STAGE);
    }
    dsr_status status = open_at(db, mode, error);
    if (status != DSR_OK) {
        dsr_error_set_subject(error, path, strlen(path));
        dsr_sqlite_close(db);
        return status;
    }
    *out = db;
    return DSR_OK;
}

void dsr_sqlite_close(dsr_sqlite *db)
{
    if (db == NULL) {
        return;
    }
    for (size_t i = 0; i < DSR_SQLITE_STATEMENTS; i++) {
        (void)sqlite3_finalize(db->statements[i]);
    }
    (void)sqlite3_close(db->db);
    free(db->path);
    free(db);
}

/* --- check --- */

typedef struct teller {
    void (*flaw)(void *context, const char *sentence);
    void *context;
} teller;

static int tell(void *context, int columns, char **values, char **names)
{
    const teller *t = context;
    (void)names;
    if (columns > 0 && values[0] != NULL && strcmp(values[0], "ok") != 0) {
        t->flaw(t->context, values[0]);
    }
    return 0;
}

dsr_status dsr_sqlite_check(dsr_sqlite *db, void (*flaw)(void *context, const char *sentence), void *context,
                            dsr_error *error)
{
    teller t = {flaw, context};
    int result = sqlite3_exec(db->db, "PRAGMA integrity_check(100)", tell, &t, NULL);
    for (size_t i = 0; i < PROOF_COUNT && result == SQLITE_OK; i++) {
        int64_t count = 0;
        result = query_number(db, PROOFS[i].count, &count);
        if (result == SQLITE_OK && count > 0) {
            char sentence[160];
            snprintf(sentence, sizeof sentence, "%lld %s", (long long)count, PROOFS[i].sentence);
            flaw(context, sentence);
        }
    }
    return result == SQLITE_OK ? DSR_OK : fail_result(db, result, error);
}
