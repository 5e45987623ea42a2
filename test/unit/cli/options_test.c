/* The call: commands, options, what is wrong with it, and the nearest name. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cli/options.h"

#include <stdio.h>
#include <string.h>

enum { WORDS = 16 };

typedef struct call {
    char text[400];
    char *words[WORDS + 1];
    int count;
    dsr_settings settings;
    dsr_error error;
} call;

/* Parses "dossier LINE"; words are separated by one blank, "~" stands for an empty word. */
static dsr_status parse(call *c, const char *line)
{
    memset(c, 0x5a, sizeof *c);
    (void)snprintf(c->text, sizeof c->text, "dossier%s%s", line[0] ? " " : "", line);
    c->count = 0;
    for (char *at = strtok(c->text, " "); at; at = strtok(NULL, " ")) {
        assert_true(c->count < WORDS);
        c->words[c->count++] = strcmp(at, "~") == 0 ? at + 1 : at;
    }
    c->words[c->count] = NULL;
    return dsr_settings_parse(c->count, c->words, &c->settings, &c->error);
}

static void accepts(call *c, const char *line)
{
    dsr_status status = parse(c, line);
    if (status != DSR_OK)
        print_error("%s: %s\n", line, c->error.message);
    assert_int_equal(status, DSR_OK);
}

static void refuses(const char *line, const char *message)
{
    call c;
    assert_int_equal(parse(&c, line), DSR_ERR_ARGUMENT);
    assert_string_equal(c.error.message, message);
    assert_int_equal(c.settings.jobs, 0x5a5a5a5a); /* untouched */
}

static void reads_options_wherever_they_stand(void **state)
{
    (void)state;
    call c;
    accepts(&c, "brief a.txt --json -j 4 b.txt --outlet=Post -p2022-01-11 --width 80 -");
    assert_int_equal(c.settings.command, DSR_COMMAND_BRIEF);
    assert_true(c.settings.json);
    assert_int_equal(c.settings.jobs, 4);
    assert_int_equal(c.settings.width, 80);
    assert_string_equal(c.settings.outlet, "Post");
    assert_string_equal(c.settings.published, "2022-01-11");
    assert_int_equal(c.settings.operand_count, 3);
    assert_string_equal(c.settings.operands[0], "a.txt");
    assert_string_equal(c.settings.operands[1], "b.txt");
    assert_string_equal(c.settings.operands[2], "-");
    assert_null(c.settings.meta);
    assert_false(c.settings.all || c.settings.quiet || c.settings.alone || c.settings.help);
}

static void two_dashes_end_the_options(void **state)
{
    (void)state;
    call c;
    accepts(&c, "add -q -- --json -- -x");
    assert_true(c.settings.quiet);
    assert_false(c.settings.json);
    assert_int_equal(c.settings.operand_count, 3);
    assert_string_equal(c.settings.operands[0], "--json");
    assert_string_equal(c.settings.operands[1], "--");
    assert_string_equal(c.settings.operands[2], "-x");
}

static void letters_stand_together(void **state)
{
    (void)state;
    call c;
    accepts(&c, "brief -qaj16 x");
    assert_true(c.settings.quiet && c.settings.all);
    assert_int_equal(c.settings.jobs, 16);
    accepts(&c, "brief -aw 200 x");
    assert_int_equal(c.settings.width, 200);
}

static void the_last_of_equal_options_counts(void **state)
{
    (void)state;
    call c;
    accepts(&c, "stories --store a --store=b --color never --colour=always");
    assert_string_equal(c.settings.store, "b");
    assert_int_equal(dsr_settings_colour(&c.settings), DSR_COLOUR_ALWAYS);
    accepts(&c, "stories --store=a=b");
    assert_string_equal(c.settings.store, "a=b");
    assert_int_equal(dsr_settings_colour(&c.settings), DSR_COLOUR_AUTO);
}

static void help_needs_no_more(void **state)
{
    (void)state;
    call c;
    accepts(&c, "brief --help");
    assert_true(c.settings.help);
    accepts(&c, "show -h");
    assert_true(c.settings.help);
    accepts(&c, "--help");
    assert_int_equal(c.settings.command, DSR_COMMAND_HELP);
    accepts(&c, "-h");
    assert_int_equal(c.settings.command, DSR_COMMAND_HELP);
    accepts(&c, "--version");
    assert_int_equal(c.settings.command, DSR_COMMAND_VERSION);
    accepts(&c, "help brief");
    assert_string_equal(c.settings.operands[0], "brief");
}

static void says_what_is_wrong(void **state)
{
    (void)state;
    refuses("", "no command was given");
    refuses("breif x", "there is no command \"breif\"; did you mean \"brief\"?");
    refuses("stori", "there is no command \"stori\"; did you mean \"stories\"?");
    refuses("frobnicate", "there is no command \"frobnicate\"");
    refuses("--json brief x", "the command comes first, then its options; \"--json\" is no command");
    refuses("brief", "`dossier brief` needs FILE..., but nothing was given");
    refuses("show --json", "`dossier show` needs ID..., but nothing was given");
    refuses("stories x", "`dossier stories` takes no \"x\"");
    refuses("help a b", "`dossier help` takes no \"b\"");
    refuses("brief --jsno x", "`dossier brief` knows no option --jsno; did you mean --json?");
    refuses("brief --frobnicate=1 x", "`dossier brief` knows no option --frobnicate");
    refuses("brief -x a", "`dossier brief` knows no option -x");
    refuses("brief -qx a", "`dossier brief` knows no option -x");
    refuses("brief --store f x", "`dossier brief` takes no --store");
    refuses("brief -s f x", "`dossier brief` takes no --store");
    refuses("brief --alone x", "`dossier brief` takes no --alone");
    refuses("brief --json=1 x", "--json takes no value");
    refuses("brief x --outlet", "--outlet takes NAME, but nothing follows it");
    refuses("brief x --outlet=", "--outlet takes NAME, but was given an empty value");
    refuses("brief x -o ~", "--outlet takes NAME, but was given an empty value");
    refuses("brief x --color red", "--color takes one of auto|always|never, not \"red\"");
    refuses("brief x --color a", "--color takes one of auto|always|never, not \"a\"");
    refuses("brief x --color=", "--color takes one of auto|always|never, not \"\"");
    refuses("brief ~", "`dossier brief` was given an empty name for FILE...");
}

static void numbers_have_bounds(void **state)
{
    (void)state;
    call c;
    accepts(&c, "brief -j1 x");
    accepts(&c, "brief -j256 x");
    accepts(&c, "brief --width=40 x");
    accepts(&c, "brief --width=200 x");
    refuses("brief -j0 x", "--jobs takes a number from 1 to 256, not \"0\"");
    refuses("brief -j257 x", "--jobs takes a number from 1 to 256, not \"257\"");
    refuses("brief -j -1 x", "--jobs takes a number from 1 to 256, not \"-1\"");
    refuses("brief -j 4x x", "--jobs takes a number from 1 to 256, not \"4x\"");
    refuses("brief -j +4 x", "--jobs takes a number from 1 to 256, not \"+4\"");
    refuses("brief -j 99999999999999999999 x",
            "--jobs takes a number from 1 to 256, not \"99999999999999999999\"");
    refuses("brief --width=39 x", "--width takes a number from 40 to 200, not \"39\"");
    refuses("brief --width=201 x", "--width takes a number from 40 to 200, not \"201\"");
}

static void finds_the_nearest_name(void **state)
{
    (void)state;
    assert_string_equal(dsr_command_nearest("ad"), "add");
    assert_string_equal(dsr_command_nearest("verfy"), "verify");
    assert_string_equal(dsr_command_nearest("extarct"), "extract");
    assert_null(dsr_command_nearest(""));
    assert_null(dsr_command_nearest("averylongwordthatisnearnothinginthewholetable"));
    assert_string_equal(dsr_option_nearest("publish", DSR_COMMAND_ADD), "published");
    assert_null(dsr_option_nearest("publish", DSR_COMMAND_STORIES)); /* it takes none */
}

/* The tables themselves: every command is told, names are not told twice, the help can be made. */
static void the_tables_are_whole(void **state)
{
    (void)state;
    for (unsigned i = 0; i < DSR_COMMANDS; i++) {
        const dsr_command_info *info = &dsr_command_infos[i];
        assert_non_null(info->name);
        assert_non_null(info->summary);
        assert_non_null(info->text);
        assert_non_null(info->examples[0].call);
        assert_int_equal(dsr_command_find(info->name), i);
        if (i != DSR_COMMAND_VERSION && i != DSR_COMMAND_HELP)
            assert_non_null(info->examples[1].call);
    }
    for (const dsr_option *a = dsr_options; a->name; a++) {
        assert_true(a->commands != 0 && a->field < sizeof(dsr_settings));
        assert_true((a->kind == DSR_OPTION_FLAG) == (a->argument == NULL));
        assert_true((a->kind == DSR_OPTION_CHOICE) == (a->choices != NULL));
        for (const dsr_option *b = a + 1; b->name; b++) {
            assert_string_not_equal(a->name, b->name);
            assert_true(a->letter == 0 || a->letter != b->letter);
        }
    }
}

static void reads_confidences(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        unsigned thousandths;
    } right[] = {{"0", 0},        {"1", 1000}, {".9", 900}, {"0.95", 950}, {"0.1239999999999", 123},
                 {"1.000", 1000}, {"0.", 0}};
    static const char *const wrong[] = {"", ".", "1.1", "2", "90%", "0.9x", "-0.5", "0,9", "1e-1", "00.5"};
    unsigned found;
    for (size_t i = 0; i < sizeof right / sizeof *right; i++) {
        assert_true(dsr_confidence_parse(right[i].text, &found));
        assert_int_equal(found, right[i].thousandths);
    }
    found = 7;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(dsr_confidence_parse(wrong[i], &found));
    assert_int_equal(found, 7);
}

static void quotes_are_chosen(void **state)
{
    (void)state;
    call c;
    accepts(&c, "quotes a.txt --speaker Luz --kind partial --min-confidence=.9 --csv");
    assert_string_equal(c.settings.speaker, "Luz");
    assert_string_equal(c.settings.kind, "partial");
    assert_string_equal(c.settings.min_confidence, ".9");
    refuses("quotes a.txt --kind spoken",
            "--kind takes one of direct|partial|indirect|scare, not \"spoken\"");
    refuses("times a.txt --speaker Luz", "`dossier times` takes no --speaker");
    refuses("quotes a.txt --speaker", "--speaker takes NAME, but nothing follows it");
}

/* Examples of the help are calls that are right. */
static void the_examples_are_right_calls(void **state)
{
    (void)state;
    for (unsigned i = 0; i < DSR_COMMANDS; i++) {
        for (unsigned k = 0; k < DSR_EXAMPLES && dsr_command_infos[i].examples[k].call; k++) {
            char line[200];
            const char *at = strstr(dsr_command_infos[i].examples[k].call, "dossier ");
            assert_non_null(at);
            (void)snprintf(line, sizeof line, "%s", at + strlen("dossier "));
            line[strcspn(line, "|<>")] = '\0'; /* the shell's part */
            call c;
            char *quoted = strstr(line, "\"The Paper\"");
            if (quoted) /* the shell's quotation marks: one word */
                memcpy(quoted, "ThePaper   ", strlen("ThePaper   "));
            accepts(&c, line);
            assert_int_equal(c.settings.command, i);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_options_wherever_they_stand),
        cmocka_unit_test(two_dashes_end_the_options),
        cmocka_unit_test(letters_stand_together),
        cmocka_unit_test(the_last_of_equal_options_counts),
        cmocka_unit_test(help_needs_no_more),
        cmocka_unit_test(says_what_is_wrong),
        cmocka_unit_test(numbers_have_bounds),
        cmocka_unit_test(finds_the_nearest_name),
        cmocka_unit_test(the_tables_are_whole),
        cmocka_unit_test(quotes_are_chosen),
        cmocka_unit_test(reads_confidences),
        cmocka_unit_test(the_examples_are_right_calls),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
