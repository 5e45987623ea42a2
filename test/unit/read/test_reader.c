/* Files, folders and standard input: what comes out, in which order, and what is set aside and why. */
#define _DEFAULT_SOURCE /* symlink, mkfifo, truncate under strict flags */
#include "support.h"

#include "base/limits.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static listing list;

static void test_order_is_that_of_paths(void **state)
{
    (void)state;
    make_folder("in");
    make_folder("in/a");
    make_folder("in/b");
    make_folder("in/.hidden");
    write_text("in/a/2.txt", "two");
    write_text("in/a/10.txt", "ten");
    write_text("in/a.txt", "before a/: a full stop comes before a slash");
    write_text("in/a0", "behind a/");
    write_text("in/\xC3\xA9", "bytes, not letters");
    write_text("in/Z", "capitals first");
    write_text("in/.secret", "left out");
    write_text("in/.hidden/x", "left out");
    LIST(&list, "in");
    assert_string_equal(list.text,
                        "in/Z 0 text\nin/a.txt 0 text\nin/a/10.txt 0 text\nin/a/2.txt 0 text\nin/a0 0 text\n"
                        "in/\xC3\xA9 0 text\n");
    LIST(&list, "in/", "in/.secret", "in/a/2.txt", "in/a/2.txt");
    assert_int_equal(list.pieces, 9);
    assert_non_null(strstr(list.text, "in/.secret 0 text\nin/a/2.txt 0 text\nin/a/2.txt 0 text\n"));
    assert_null(strstr(list.text, "in//"));
}

static void test_what_is_not_there(void **state)
{
    (void)state;
    write_text("file", "x");
    make_folder("empty");
    make_folder("empty/deeper");
    LIST(&list, "nothing", "", "file/x", "empty", "file");
    assert_string_equal(list.text,
                        "nothing 0 ASIDE does not exist; check the path\n"
                        " 0 ASIDE does not exist; check the path\n"
                        "file/x 0 ASIDE cannot be reached: a part of its path is no folder; check the path\n"
                        "empty 0 ASIDE is a folder without files (hidden ones are not read)\n"
                        "file 0 text\n");
}

static void make_socket(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    assert_true(fd >= 0);
    strcpy(address.sun_path, path);
    struct sockaddr *any = (struct sockaddr *)(void *)&address;
    assert_int_equal(bind(fd, any, sizeof address), 0);
    assert_int_equal(close(fd), 0);
}

static void test_special_files_never_block(void **state)
{
    (void)state;
    make_folder("special");
    assert_int_equal(mkfifo("special/fifo", 0600), 0);
    make_socket("special/socket");
    assert_int_equal(symlink("fifo", "special/to-fifo"), 0);
    write_text("special/z", "the rest goes on");
    LIST(&list, "special", "special/fifo", "/dev/null");
    assert_int_equal(list.pieces, 6);
    assert_int_equal(list.aside, 5);
    assert_non_null(strstr(list.text, "special/fifo 0 ASIDE is a pipe, not a file; give - and pipe"));
    assert_non_null(strstr(list.text, "special/socket 0 ASIDE is a socket"));
    assert_non_null(strstr(list.text, "special/to-fifo 0 ASIDE is a pipe"));
    assert_non_null(strstr(list.text, "special/z 0 text"));
    assert_non_null(strstr(list.text, "/dev/null 0 ASIDE is a device"));
}

static void test_links(void **state)
{
    (void)state;
    make_folder("links");
    make_folder("links/real");
    write_text("links/real/a", "x");
    assert_int_equal(symlink(".", "links/circle"), 0);
    assert_int_equal(symlink("real", "links/folder"), 0);
    assert_int_equal(symlink("real/a", "links/good"), 0);
    assert_int_equal(symlink("gone", "links/dead"), 0);
    assert_int_equal(symlink("loop", "links/loop"), 0);
    LIST(&list, "links");
    assert_string_equal(
        list.text, "links/dead 0 ASIDE is a link that leads nowhere; remove it or mend it\n"
                   "links/good 0 text\n"
                   "links/loop 0 ASIDE cannot be reached: its links lead in a circle; give the file itself\n"
                   "links/real/a 0 text\n");
    LIST(&list, "links/folder"); /* who names a link means it */
    assert_string_equal(list.text, "links/folder/a 0 text\n");
}

static void test_what_vanishes(void **state)
{
    (void)state;
    dsr_reader *reader = NULL;
    dsr_status failed = DSR_OK;
    make_folder("moving");
    make_folder("moving/b");
    write_text("moving/a", "x");
    write_text("moving/b/x", "x");
    write_text("moving/c", "x");
    write_text("moving/d", "x");
    const char *const paths[] = {"moving"};
    assert_int_equal(dsr_reader_open(paths, 1, -1, &reader, NULL), DSR_OK);
    dsr_piece_drop(dsr_reader_next(reader, &failed));
    assert_int_equal(unlink("moving/b/x"), 0);
    assert_int_equal(rmdir("moving/b"), 0);
    assert_int_equal(unlink("moving/c"), 0);
    static const char *const gone[] = {"moving/b/", "moving/c"};
    for (size_t i = 0; i < 2; i++) {
        dsr_piece *piece = dsr_reader_next(reader, &failed);
        assert_non_null(piece);
        assert_int_equal(piece->status, DSR_ERR_IO);
        assert_string_equal(piece->error.message, "vanished while its folder was read; read it again");
        assert_string_equal(piece->error.subject, gone[i]);
        dsr_piece_drop(piece);
    }
    dsr_piece *last = dsr_reader_next(reader, &failed);
    assert_int_equal(last->status, DSR_OK);
    assert_string_equal(last->path.ptr, "moving/d");
    dsr_piece_drop(last);
    assert_null(dsr_reader_next(reader, &failed));
    dsr_reader_close(reader);
}

static void test_what_may_not_be_read(void **state)
{
    (void)state;
    if (geteuid() == 0) {
        skip(); /* root reads everything */
    }
    make_folder("closed");
    write_text("closed/a", "x");
    write_text("locked", "x");
    assert_int_equal(chmod("closed", 0), 0);
    assert_int_equal(chmod("locked", 0), 0);
    LIST(&list, "closed", "locked");
    assert_string_equal(list.text, "closed 0 ASIDE may not be read; check its permissions\n"
                                   "locked 0 ASIDE may not be read; check its permissions\n");
    assert_int_equal(chmod("closed", 0700), 0);
}

static void test_depth(void **state)
{
    (void)state;
    char path[4096] = "deep";
    make_folder(path);
    for (int i = 1; i < DSR_LIMIT_PATH_DEPTH; i++) {
        strcat(path, "/d");
        make_folder(path);
    }
    size_t length = strlen(path);
    strcat(path, "/a");
    write_text(path, "in the deepest folder that is read");
    path[length] = '\0';
    strcat(path, "/e");
    make_folder(path);
    strcat(path, "/b");
    write_text(path, "one deeper");
    LIST(&list, "deep");
    assert_int_equal(list.pieces, 2);
    assert_non_null(strstr(list.text, "/a 0 text\n"));
    assert_non_null(
        strstr(list.text, "/e/ 0 ASIDE lies more than 64 folders deep; give this folder itself\n"));
}

static void test_lines(void **state)
{
    (void)state;
    static const char lines[] =
        "\xEF\xBB\xBF{\"text\":\"a\"}\r\n\n   \n{\"text\":\"b\"}\nbroken\n{\"text\":\"c\"}";
    write_text("l.jsonl", lines);
    write_text("blank.jsonl", "\n\n");
    LIST(&list, "l.jsonl", "blank.jsonl");
    assert_string_equal(
        list.text,
        "l.jsonl 1 jsonl\nl.jsonl 4 jsonl\nl.jsonl 5 jsonl\nl.jsonl 6 jsonl\nblank.jsonl 0 text\n");
    dsr_reader *reader = NULL;
    dsr_status failed = DSR_OK;
    const char *const paths[] = {"l.jsonl"};
    assert_int_equal(dsr_reader_open(paths, 1, -1, &reader, NULL), DSR_OK);
    dsr_piece *piece;
    while ((piece = dsr_reader_next(reader, &failed)) != NULL) {
        assert_memory_equal(piece->bytes, lines + piece->offset, piece->size);
        assert_true(piece->size > 0 && piece->bytes[piece->size - 1] != '\r');
        dsr_piece_drop(piece);
    }
    uint64_t done = 0;
    uint64_t total = 0;
    dsr_reader_position(reader, &done, &total);
    assert_int_equal(done, sizeof lines - 1);
    assert_int_equal(total, sizeof lines - 1);
    dsr_reader_close(reader);
}

static void test_values(void **state)
{
    (void)state;
    write_text("array.json", " [ {\"text\":\"a ] } \\\" \"},\n {\"text\":{\"x\":[1]}} ,{}] ");
    write_text("one.json", "{\n\"text\": \"a\"\n}\n");
    write_text("two.json", "{\n\"text\": \"a\"\n}\n{\n\"text\": \"b\"\n}\n");
    write_text("strings.json", "[\"a\", \"b\"]");
    write_text("stop.json", "[{\"a\":1}, 5, {\"b\":2}]");
    write_text("none.json", "[ ]");
    write_text("cut.json", "[{\"a\":1}, {\"b\": [");
    LIST(&list, "array.json", "one.json", "two.json", "strings.json", "stop.json", "none.json", "cut.json");
    assert_string_equal(
        list.text,
        "array.json 1 json\narray.json 2 json\narray.json 3 json\none.json 1 json\ntwo.json 1 json\n"
        "two.json 2 json\nstrings.json 1 ASIDE record 1 is no JSON object, and nothing after it was read; "
        "expected objects that hold one report each\nstop.json 1 json\nstop.json 2 ASIDE record 2 is no JSON "
        "object, and nothing after it was read; expected objects that hold one report each\n"
        "none.json 0 ASIDE holds no reports\ncut.json 1 json\ncut.json 2 json\n");
}

/* A child that writes to a pipe; *child waits to be waited for. */
static int from_child(void (*write_all)(int fd), pid_t *child)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    *child = fork();
    assert_true(*child >= 0);
    if (*child == 0) {
        (void)close(ends[0]);
        write_all(ends[1]);
        _exit(0);
    }
    (void)close(ends[1]);
    return ends[0];
}

static void list_from_child(void (*write_all)(int fd), size_t dashes)
{
    static const char *const paths[] = {"-", "-"};
    pid_t child = 0;
    int fd = from_child(write_all, &child);
    list_paths(&list, paths, dashes, fd);
    assert_int_equal(close(fd), 0); /* it was lent: it is open still */
    assert_int_equal(waitpid(child, NULL, 0), child);
}

static void put(int fd, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t wrote = write(fd, bytes, size);
        if (wrote <= 0) {
            _exit(1);
        }
        bytes += wrote;
        size -= (size_t)wrote;
    }
}

static void write_slowly(int fd)
{
    static const char text[] = "{\"text\":\"a\"}\n{\"text\":\"b\"}\n";
    for (size_t i = 0; i < sizeof text - 1; i++) {
        put(fd, text + i, 1);
    }
}

static void test_standard_input(void **state)
{
    (void)state;
    list_from_child(write_slowly, 2);
    assert_string_equal(
        list.text,
        "- 1 jsonl\n- 2 jsonl\n- 0 ASIDE is standard input, which is read only once; give - once\n");
    LIST(&list, "-"); /* no descriptor at all */
    assert_string_equal(list.text, "- 0 ASIDE is not open; give a file or pipe text into the program\n");
    int folder = open(".", O_RDONLY);
    const char *const dash[] = {"-"};
    list_paths(&list, dash, 1, folder);
    assert_non_null(strstr(list.text, "is a folder"));
    assert_int_equal(close(folder), 0);
}

enum { LONG_LINE = 100 * 1024 * 1024 };

static void write_long_line(int fd)
{
    enum { CHUNK = 1024 * 1024 };
    static char chunk[CHUNK];
    memset(chunk, 'a', sizeof chunk);
    put(fd, "{\"text\":\"short\"}\n{\"text\":\"", 26);
    for (int i = 0; i < LONG_LINE / CHUNK; i++) {
        put(fd, chunk, CHUNK);
    }
    put(fd, "\"}\n{\"text\":\"after\"}\n", 20);
}

static void test_long_line_in_bounded_memory(void **state)
{
    (void)state;
    struct rusage before;
    struct rusage after;
    assert_int_equal(getrusage(RUSAGE_SELF, &before), 0);
    list_from_child(write_long_line, 1);
    assert_int_equal(getrusage(RUSAGE_SELF, &after), 0);
    assert_string_equal(
        list.text, "- 1 jsonl\n- 2 ASIDE line 2 is 104857611 bytes long; at most 16777216 are read as one "
                   "report, split it\n- 3 jsonl\n");
    assert_true(after.ru_maxrss - before.ru_maxrss < 80 * 1024);
}

static void write_long_text(int fd)
{
    static char chunk[1024 * 1024];
    (void)signal(SIGPIPE, SIG_DFL); /* the reader stops reading at the limit */
    memset(chunk, 'a', sizeof chunk);
    for (int i = 0; i < 40; i++) {
        put(fd, chunk, sizeof chunk);
    }
}

static void check_limit(const char *path, size_t over)
{
    size_t size = (size_t)DSR_LIMIT_REPORT_BYTES + over;
    char *bytes = malloc(size + 2);
    assert_non_null(bytes);
    memset(bytes, 'a', size);
    write_file(path, bytes, size);
    LIST(&list, path);
    assert_int_equal(list.pieces, 1);
    assert_int_equal(list.aside, over);
    memcpy(bytes, "{\"text\":\"", 9);
    memcpy(bytes + size - 2, "\"}\n{}", 4);
    write_file(path, bytes, size + 2); /* a line of exactly `size` bytes, and another */
    LIST(&list, path);
    assert_int_equal(list.pieces, 2);
    assert_int_equal(list.aside, over);
    free(bytes);
}

static void test_limits(void **state)
{
    (void)state;
    check_limit("exact", 0);
    check_limit("over", 1);
    assert_non_null(strstr(list.text, "over 1 ASIDE line 1 is 16777217 bytes long; at most 16777216"));
    list_from_child(write_long_text, 1);
    assert_string_equal(
        list.text,
        "- 0 ASIDE is longer than 16777216 bytes, the most that is read as one report; split it\n");
    /* A huge file is refused by its size, a huge archive by its first bytes; neither is read. */
    write_text("huge.txt", "words");
    assert_int_equal(truncate("huge.txt", (off_t)1 << 40), 0);
    write_text("huge.pdf", "%PDF-1.7");
    assert_int_equal(truncate("huge.pdf", (off_t)1 << 40), 0);
    LIST(&list, "huge.txt", "huge.pdf");
    assert_non_null(strstr(list.text, "huge.txt 0 ASIDE is 1099511627776 bytes long; at most 16777216"));
    assert_non_null(strstr(
        list.text, "huge.pdf 0 ASIDE is a PDF document, not text; save its text as plain text first\n"));
}

static void test_values_over_the_limit(void **state)
{
    (void)state;
    enum { SIZE = DSR_LIMIT_REPORT_BYTES + 1000 };
    char *bytes = malloc(SIZE);
    assert_non_null(bytes);
    memset(bytes, ' ', SIZE);
    memcpy(bytes, "[{\"text\":\"", 10);
    memset(bytes + 10, '}', SIZE - 30);
    memcpy(bytes + SIZE - 20, "\"},{\"text\":\"b\"}]", 16);
    write_file("long.json", bytes, SIZE);
    LIST(&list, "long.json");
    assert_int_equal(list.pieces, 2);
    assert_non_null(strstr(list.text, "long.json 1 ASIDE record 1 is 16778197 bytes long"));
    assert_non_null(strstr(list.text, "long.json 2 json\n"));
    free(bytes);
}

static void test_set_aside_pieces_stay_so(void **state)
{
    (void)state;
    dsr_reader *reader = NULL;
    dsr_status failed = DSR_OK;
    const char *const paths[] = {"gone"};
    assert_int_equal(dsr_reader_open(paths, 1, -1, &reader, NULL), DSR_OK);
    dsr_piece *piece = dsr_reader_next(reader, &failed);
    dsr_arena *arena = dsr_arena_new(0);
    dsr_report report;
    dsr_error error = {0};
    assert_int_equal(dsr_read_piece(arena, piece, NULL, &report, &error), DSR_ERR_IO);
    assert_string_equal(error.subject, "gone");
    assert_string_equal(error.message, "does not exist; check the path");
    dsr_piece_drop(piece);
    dsr_piece_drop(NULL);
    dsr_arena_drop(arena);
    dsr_reader_close(reader); /* with nothing left */
    dsr_reader_close(NULL);
    LIST(&list, "seen-to-the-end"); /* and closed in the middle of a folder: */
    make_folder("half");
    write_text("half/a.jsonl", "{\"text\":\"a\"}\n{\"text\":\"b\"}\n");
    const char *const half[] = {"half"};
    assert_int_equal(dsr_reader_open(half, 1, -1, &reader, NULL), DSR_OK);
    dsr_piece_drop(dsr_reader_next(reader, &failed));
    dsr_reader_close(reader);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_order_is_that_of_paths),
                                       cmocka_unit_test(test_what_is_not_there),
                                       cmocka_unit_test(test_special_files_never_block),
                                       cmocka_unit_test(test_links),
                                       cmocka_unit_test(test_what_vanishes),
                                       cmocka_unit_test(test_what_may_not_be_read),
                                       cmocka_unit_test(test_depth),
                                       cmocka_unit_test(test_lines),
                                       cmocka_unit_test(test_values),
                                       cmocka_unit_test(test_standard_input),
                                       cmocka_unit_test(test_long_line_in_bounded_memory),
                                       cmocka_unit_test(test_limits),
                                       cmocka_unit_test(test_values_over_the_limit),
                                       cmocka_unit_test(test_set_aside_pieces_stay_so)};
    return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
