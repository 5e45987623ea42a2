/* What the tests of the store share; see harness.h. */
#include "harness.h"

#include <dirent.h>
#include <inttypes.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

void make_folder(folder *out)
{
    const char *base = getenv("TMPDIR");
    snprintf(out->path, sizeof out->path, "%s/dsr-store-XXXXXX",
             base != NULL && base[0] != '\0' ? base : "/tmp");
    assert_non_null(mkdtemp(out->path));
    assert_int_equal(chmod(out->path, 0777), 0); /* a child that is nobody must get at it */
    snprintf(out->store, sizeof out->store, "%s/reports.dossier", out->path);
}

static bool is_entry(const struct dirent *entry)
{
    return strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
}

void drop_folder(folder *f)
{
    chmod(f->path, 0777);
    DIR *dir = opendir(f->path);
    assert_non_null(dir);
    struct dirent *entry;
    while ((entry = readdir(dir)) != NULL) {
        char path[600];
        if (is_entry(entry)) {
            snprintf(path, sizeof path, "%s/%s", f->path, entry->d_name);
            remove(path);
        }
    }
    closedir(dir);
    assert_int_equal(rmdir(f->path), 0);
}

size_t count_files(const folder *f)
{
    size_t count = 0;
    DIR *dir = opendir(f->path);
    assert_non_null(dir);
    struct dirent *entry;
    while ((entry = readdir(dir)) != NULL) {
        count += is_entry(entry) ? 1 : 0;
    }
    closedir(dir);
    return count;
}

char *read_file(const char *path, size_t *size)
{
    struct stat info;
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fstat(fileno(file), &info), 0);
    char *bytes = malloc((size_t)info.st_size + 1);
    assert_non_null(bytes);
    *size = fread(bytes, 1, (size_t)info.st_size, file);
    assert_int_equal(*size, info.st_size);
    fclose(file);
    return bytes;
}

void write_file(const char *path, const char *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

void run_in_child(bool nobody, int (*work)(const folder *f), const folder *f)
{
    enum { NOBODY = 65534 };
    int pipes[2];
    int line = -1;
    assert_int_equal(pipe(pipes), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        if (nobody && geteuid() == 0 && (setgid(NOBODY) != 0 || setuid(NOBODY) != 0)) {
            _exit(1);
        }
        line = work(f);
        _exit(write(pipes[1], &line, sizeof line) == (ssize_t)sizeof line ? 0 : 1);
    }
    close(pipes[1]);
    ssize_t got = read(pipes[0], &line, sizeof line);
    close(pipes[0]);
    assert_int_equal(waitpid(child, NULL, 0), child);
    if (got != (ssize_t)sizeof line || line != 0) {
        fail_msg("the child failed in line %d", line);
    }
}

/* The same for every run: letters that hardly compress. */
static void fill_padding(char *to, size_t count, uint64_t seed)
{
    for (size_t i = 0; i < count; i++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        to[i] = (char)('!' + (int)((seed >> 33) % 90));
    }
}

packed_report pack_report(unsigned number, unsigned version, const char *path, size_t padding)
{
    char url[64];
    snprintf(url, sizeof url, "https://example.org/%u", number);
    char *text = malloc(128 + padding);
    assert_non_null(text);
    int head = snprintf(text, 128, "Report %u in version %u says something. ", number, version);
    fill_padding(text + head, padding, (uint64_t)number * 1000003u + version);
    dsr_report report = {.text = {text, (size_t)head + padding}};
    report.source.path = dsr_slice_of(path);
    report.source.url = number >= KEYLESS ? DSR_SLICE_NONE : dsr_slice_of(url);
    report.source.format = DSR_SLICE("text");
    report.source.encoding = DSR_SLICE("UTF-8");
    report.source.sha256 = dsr_sha256(report.text);
    report.meta.language = DSR_SLICE("en");
    dsr_report_identify(&report, DSR_SLICE_NONE);
    packed_report p;
    dsr_buffer_open(&p.buffer, 0);
    dsr_report_pack(&p.buffer, &report);
    assert_int_equal(p.buffer.status, DSR_OK);
    p.report = (dsr_store_report){.id = report.id,
                                  .key = report.key,
                                  .path = dsr_slice_of(path),
                                  .packed = dsr_buffer_slice(&p.buffer)};
    free(text);
    return p;
}

void drop_report(packed_report *p)
{
    dsr_buffer_drop(&p->buffer);
}

static dsr_status try_put(dsr_store *store, unsigned number, unsigned version, const char *path,
                          size_t padding, dsr_intake *intake, dsr_error *error)
{
    dsr_id previous;
    packed_report p = pack_report(number, version, path, padding);
    dsr_status status = dsr_store_put_report(store, &p.report, intake, &previous, error);
    drop_report(&p);
    return status;
}

dsr_intake put(dsr_store *store, unsigned number, unsigned version, const char *path)
{
    dsr_error error;
    dsr_intake intake = DSR_INTAKE_ADDED;
    if (try_put(store, number, version, path, 20, &intake, &error) != DSR_OK) {
        fail_msg("put: %s", error.message);
    }
    return intake;
}

dsr_id id_of(unsigned number, unsigned version)
{
    packed_report p = pack_report(number, version, NULL, 20);
    dsr_id id = p.report.id;
    drop_report(&p);
    return id;
}

dsr_status put_many(dsr_store *store, unsigned first, unsigned count, dsr_error *error)
{
    for (unsigned i = first; i < first + count; i++) {
        char path[32];
        dsr_intake intake;
        snprintf(path, sizeof path, "in/%u.txt", i);
        dsr_status status = try_put(store, i, 1, path, 2200, &intake, error);
        if (status != DSR_OK) {
            return status;
        }
    }
    return DSR_OK;
}

static void expect_ok(dsr_status status, const char *what, const dsr_error *error)
{
    if (status != DSR_OK) {
        fail_msg("%s: %s: %s", what, error->subject, error->message);
    }
}

void begin(dsr_store *store)
{
    dsr_error error;
    expect_ok(dsr_store_begin(store, &error), "begin", &error);
}

void commit(dsr_store *store)
{
    dsr_error error;
    expect_ok(dsr_store_commit(store, &error), "commit", &error);
}

void close_store(dsr_store *store)
{
    dsr_store_close(store);
}

dsr_store *open_sqlite(const char *path, dsr_store_mode mode)
{
    dsr_error error;
    dsr_store *store = NULL;
    expect_ok(dsr_store_open_sqlite(path, mode, &store, &error), "open", &error);
    return store;
}

uint64_t count_reports(dsr_store *store)
{
    dsr_error error;
    uint64_t count = 0;
    expect_ok(dsr_store_count_reports(store, &count, &error), "count", &error);
    return count;
}

static dsr_status add_line(void *context, dsr_slice line)
{
    dsr_buffer *text = context;
    dsr_buffer_append(text, line);
    dsr_buffer_append_char(text, '\n');
    return text->status;
}

char *dump_of(dsr_store *store)
{
    dsr_error error;
    dsr_buffer text;
    dsr_buffer_open(&text, 0);
    expect_ok(dsr_store_dump(store, add_line, &text, &error), "dump", &error);
    dsr_buffer_append_char(&text, '\0');
    assert_int_equal(text.status, DSR_OK);
    return text.data;
}

static void print_flaw(void *context, const char *sentence)
{
    (void)context;
    print_error("flaw: %s\n", sentence);
}

void assert_whole(dsr_store *store)
{
    dsr_error error;
    uint64_t flaws = 99;
    expect_ok(dsr_store_verify(store, print_flaw, NULL, &flaws, &error), "verify", &error);
    assert_int_equal(flaws, 0);
}

uint64_t count_flaws(dsr_store *store)
{
    dsr_error error;
    uint64_t flaws = 0;
    expect_ok(dsr_store_verify(store, NULL, NULL, &flaws, &error), "verify", &error);
    return flaws;
}

void assert_mentions(const dsr_error *error, const char *words)
{
    if (strstr(error->message, words) == NULL) {
        fail_msg("expected \"%s\" in \"%s\"", words, error->message);
    }
}
