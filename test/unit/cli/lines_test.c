/* Lines on standard error, help, progress. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "cli/commands.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static void one_line_whatever_the_path(void **state)
{
    (void)state;
    dsr_error error;
    dsr_buffer line;
    (void)dsr_fail(&error, DSR_ERR_INPUT, "read", "a string ends nowhere");
    dsr_error_set_position(&error, 4711);
    dsr_outcome outcome = {.kind = DSR_OUTCOME_SET_ASIDE,
                           .path = DSR_SLICE("a\nb\033[2J\xff.jsonl"),
                           .record = DSR_SLICE("12"),
                           .error = &error};
    dsr_buffer_open(&line, 0);
    dsr_append_set_aside(&line, &outcome);
    dsr_buffer_append_char(&line, '\0');
    assert_string_equal(
        line.data,
        "dossier: a\xef\xbf\xbd"
        "b\xef\xbf\xbd[2J\xef\xbf\xbd.jsonl:12: set aside: a string ends nowhere (at byte 4711)\n");
    dsr_buffer_drop(&line);
}

static void errors_name_their_subject(void **state)
{
    (void)state;
    dsr_error error;
    dsr_buffer line;
    (void)dsr_fail(&error, DSR_ERR_STORE, "store", "it is no store");
    dsr_buffer_open(&line, 0);
    dsr_append_error(&line, &error);
    dsr_error_set_subject(&error, "x\ty", 3);
    dsr_append_error(&line, &error);
    dsr_error bare = {.status = DSR_ERR_MEMORY};
    dsr_append_error(&line, &bare);
    dsr_buffer_append_char(&line, '\0');
    assert_string_equal(
        line.data, "dossier: it is no store\ndossier: x\xef\xbf\xbdy: it is no store\ndossier: memory\n");
    dsr_buffer_drop(&line);
}

static void writes_all_or_says_why_not(void **state)
{
    (void)state;
    int ends[2];
    char text[8] = "";
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(dsr_write_all(ends[1], DSR_SLICE("abc")), 0);
    assert_int_equal(read(ends[0], text, sizeof text), 3);
    assert_string_equal(text, "abc");
    (void)close(ends[1]);
    assert_int_equal(dsr_write_all(ends[1], DSR_SLICE("abc")), EBADF);
    (void)close(ends[0]);
    assert_int_equal(dsr_write_all(-1, DSR_SLICE("")), 0);
}

static void check_width(const dsr_buffer *text, unsigned width)
{
    dsr_slice rest = dsr_buffer_slice(text), line;
    while (dsr_slice_next_line(&rest, &line))
        assert_true(dsr_utf8_columns(line) <= width);
}

static void help_tells_every_option(void **state)
{
    (void)state;
    for (unsigned command = 0; command < DSR_COMMANDS; command++) {
        for (unsigned width = 40; width <= 200; width += 20) {
            dsr_buffer text;
            dsr_buffer_open(&text, 0);
            assert_int_equal(dsr_help_write_command(&text, (dsr_command)command, (dsr_look){.width = width}),
                             DSR_OK);
            check_width(&text, width);
            for (const dsr_option *option = dsr_options; option->name; option++) {
                char name[40] = "--";
                strcat(name, option->name);
                bool told = dsr_slice_find(dsr_buffer_slice(&text), dsr_slice_of(name), 0) != SIZE_MAX;
                if (option->help && (option->commands >> command & 1))
                    assert_true(told);
                if (option->help == NULL)
                    assert_false(told);
            }
            dsr_buffer_drop(&text);
        }
    }
}

static void the_overview_tells_every_command(void **state)
{
    (void)state;
    dsr_buffer text;
    dsr_buffer_open(&text, 0);
    assert_int_equal(dsr_help_write_overview(&text, (dsr_look){.width = 80}), DSR_OK);
    check_width(&text, 80);
    for (unsigned command = 0; command < DSR_COMMANDS; command++) {
        assert_true(dsr_slice_find(dsr_buffer_slice(&text), dsr_slice_of(dsr_command_infos[command].name),
                                   0) != SIZE_MAX);
        assert_true(dsr_slice_find(dsr_buffer_slice(&text), dsr_slice_of(dsr_command_infos[command].summary),
                                   0) != SIZE_MAX);
    }
    dsr_buffer_drop(&text);
}

static size_t drain(int descriptor, char *text, size_t room)
{
    ssize_t count = read(descriptor, text, room - 1);
    text[count > 0 ? count : 0] = '\0';
    return count > 0 ? (size_t)count : 0;
}

/* It waits half a second, is one line that fits, and goes away again. */
static void progress_comes_late_and_goes_away(void **state)
{
    (void)state;
    int ends[2];
    char text[400];
    dsr_progress_line line;
    assert_int_equal(pipe(ends), 0);
    dsr_progress_line_open(&line, ends[1], true, 12);
    dsr_progress_line_report(&line, "read", 1, 2);
    dsr_progress_line_clear(&line);
    assert_false(line.shown);
    line.started.tv_sec -= 1;
    dsr_progress_line_report(&line, "read", 1, 2);
    dsr_progress_line_report(&line, "read", 2, 2); /* at most ten a second */
    assert_true(line.shown);
    dsr_progress_line_clear(&line);
    dsr_progress_line_clear(&line);
    (void)drain(ends[0], text, sizeof text);
    assert_string_equal(text, "\r\033[Kread 50 %\r\033[K");
    dsr_progress_line_report(&line, "a stage with a long name", 7, 0);
    (void)drain(ends[0], text, sizeof text);
    assert_string_equal(text, "\r\033[Ka stage wit");
    dsr_progress_line_open(&line, ends[1], false, 80);
    line.started.tv_sec -= 1;
    dsr_progress_line_report(&line, "read", 1, 2);
    assert_false(line.shown);
    (void)close(ends[0]);
    (void)close(ends[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_line_whatever_the_path),
        cmocka_unit_test(errors_name_their_subject),
        cmocka_unit_test(writes_all_or_says_why_not),
        cmocka_unit_test(help_tells_every_option),
        cmocka_unit_test(the_overview_tells_every_command),
        cmocka_unit_test(progress_comes_late_and_goes_away),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
