/* Outlets and agencies: what is found under which name, what a user adds, what is refused and how it is told.
 */
#include "folder.h"

#include "lexicon/lexicon.h"

static char data[FOLDER_PATH], user[FOLDER_PATH];

static int make(void **state)
{
    (void)state;
    folder_make(data);
    folder_make(user);
    folder_fill(data);
    return 0;
}

static int drop(void **state)
{
    (void)state;
    folder_drop(data);
    folder_drop(user);
    return 0;
}

static dsr_lexicon *opened(const char *user_folder)
{
    dsr_lexicon *lexicon = NULL;
    dsr_error error;
    dsr_error_clear(&error);
    dsr_status status = dsr_lexicon_open(data, user_folder, &lexicon, &error);
    if (status != DSR_OK)
        fail_msg("%s: %s", error.subject, error.message);
    return lexicon;
}

static void refused(dsr_status expected, const char *file, const char *words)
{
    dsr_lexicon *lexicon = NULL;
    dsr_error error;
    dsr_error_clear(&error);
    assert_int_equal(dsr_lexicon_open(data, NULL, &lexicon, &error), expected);
    assert_null(lexicon);
    assert_non_null(strstr(error.subject, file));
    if (!strstr(error.message, words))
        fail_msg("\"%s\" lacks \"%s\"", error.message, words);
}

static void assert_outlet(const dsr_outlet *outlet, const char *name)
{
    assert_non_null(outlet);
    assert_true(dsr_slice_equal(outlet->name, dsr_slice_of(name)));
}

static void outlets_by_name(void **state)
{
    (void)state;
    dsr_lexicon *l = opened(NULL);
    const char *const same[] = {"The Valley Post", "valley post",   "VALLEYPOST",
                                "the valley-post", "Valley  Post.", "valley post online"};
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++)
        assert_outlet(dsr_lexicon_outlet_by_name(l, dsr_slice_of(same[i])), "The Valley Post");
    assert_null(dsr_lexicon_outlet_by_name(l, DSR_SLICE("Valley")));
    assert_null(dsr_lexicon_outlet_by_name(l, DSR_SLICE("")));
    assert_null(dsr_lexicon_outlet_by_name(l, DSR_SLICE("...")));
    const dsr_outlet *outlet = dsr_lexicon_outlet_by_name(l, DSR_SLICE("Valley Post"));
    assert_true(dsr_slice_equal(outlet->owner, DSR_SLICE("Valley Media")));
    assert_true(dsr_slice_equal(outlet->country, DSR_SLICE("NO")));
    dsr_lexicon_close(l);
}

static void outlets_by_address(void **state)
{
    (void)state;
    dsr_lexicon *l = opened(NULL);
    const char *const same[] = {"valleypost.example", "https://www.valleypost.example/a/b?c",
                                "http://AMP.ValleyPost.example:8080/", "amp.valleypost.example"};
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++)
        assert_outlet(dsr_lexicon_outlet_by_address(l, dsr_slice_of(same[i])), "The Valley Post");
    const char *const other[] = {"",
                                 "example",
                                 "notvalleypost.example",
                                 "https://x.example/valleypost.example",
                                 "valleypost.example.evil.test",
                                 "://",
                                 "..."};
    for (size_t i = 0; i < sizeof other / sizeof other[0]; i++)
        assert_null(dsr_lexicon_outlet_by_address(l, dsr_slice_of(other[i])));
    dsr_lexicon_close(l);
}

static bool is_agency(const dsr_lexicon *l, const char *name, const char *expected)
{
    dsr_slice found = dsr_lexicon_agency(l, dsr_slice_of(name));
    return expected ? dsr_slice_equal(found, dsr_slice_of(expected)) : !found.ptr;
}

static void agencies(void **state)
{
    (void)state;
    dsr_lexicon *l = opened(NULL);
    assert_true(is_agency(l, "VNA", "VNA"));
    assert_true(is_agency(l, "V.N.A.", "VNA"));
    assert_true(is_agency(l, "valley news agency", "VNA"));
    assert_true(is_agency(l, "The VALLEY NEWS AGENCY", "VNA"));
    assert_true(is_agency(l, "Valley News", "VNA"));
    /* A short abbreviation in small letters may be any word. */
    assert_true(is_agency(l, "vna", NULL));
    assert_true(is_agency(l, "Valley", NULL));
    assert_true(is_agency(l, "", NULL));
    dsr_lexicon_close(l);
}

static void users_lines_win(void **state)
{
    (void)state;
    folder_put(user, "outlets.tsv", "Our Paper\tValley Post\tours.example; news.valleypost.example\t\tSE\n");
    folder_put(user, "agencies.tsv", "OWN\tValley News Agency\n");
    dsr_lexicon *l = opened(user);
    assert_outlet(dsr_lexicon_outlet_by_name(l, DSR_SLICE("valley post")), "Our Paper");
    assert_outlet(dsr_lexicon_outlet_by_address(l, DSR_SLICE("ours.example")), "Our Paper");
    assert_outlet(dsr_lexicon_outlet_by_address(l, DSR_SLICE("news.valleypost.example")), "Our Paper");
    assert_outlet(dsr_lexicon_outlet_by_address(l, DSR_SLICE("valleypost.example")), "The Valley Post");
    assert_true(is_agency(l, "Valley News Agency", "OWN"));
    assert_true(is_agency(l, "VNA", "VNA"));
    const dsr_outlet *outlet = dsr_lexicon_outlet_by_name(l, DSR_SLICE("Our Paper"));
    assert_null(outlet->owner.ptr);
    dsr_lexicon_close(l);
}

static void user_folder_may_be_missing(void **state)
{
    (void)state;
    dsr_lexicon *l = opened("/tmp/no-such-folder-of-words");
    assert_true(is_agency(l, "VNA", "VNA"));
    dsr_lexicon_close(l);
}

static void lists_that_nobody_reads(void **state)
{
    (void)state;
    static const char *const names[] = {"nosuch.tsv", "en/nosuch.txt"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        folder_put(user, names[i], "x\n");
        dsr_lexicon *lexicon = NULL;
        dsr_error error;
        assert_int_equal(dsr_lexicon_open(data, user, &lexicon, &error), DSR_ERR_INPUT);
        assert_null(lexicon);
        assert_non_null(strstr(error.message, names[i]));
        folder_remove(user, names[i]);
    }
    folder_put(user, "notes.md", "x\n"); /* no list */
    dsr_lexicon *lexicon = NULL;
    assert_int_equal(dsr_lexicon_open(data, user, &lexicon, NULL), DSR_OK);
    dsr_lexicon_close(lexicon);
    folder_remove(user, "notes.md");
}

static void missing_files(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof folder_names / sizeof folder_names[0]; i++) {
        if (strcmp(folder_names[i], "cities.txt") == 0)
            continue;
        folder_fill(data);
        folder_remove(data, folder_names[i]);
        refused(DSR_ERR_NOT_FOUND, data, folder_names[i]);
    }
}

static void bad_lines(void **state)
{
    (void)state;
    folder_put(data, "outlets.tsv", "# one\nGood\t\t\t\tNO\n\nBad\t\t\t\tNorway\n");
    refused(DSR_ERR_INPUT, "outlets.tsv", "line 4");
    folder_put(data, "outlets.tsv", "\talias\n");
    refused(DSR_ERR_INPUT, "outlets.tsv", "line 1");
    folder_put(data, "outlets.tsv", "a\tb\tc\td\tNO\tf\n");
    refused(DSR_ERR_INPUT, "outlets.tsv", "five fields");
    folder_fill(data);
    folder_put(data, "outlets.tsv", "ABC\n");
    refused(DSR_ERR_INPUT, "outlets.tsv", "mend the line");
    folder_fill(data);
    folder_put(data, "agencies.tsv", "ABC\n");
    refused(DSR_ERR_INPUT, "agencies.tsv", "one field alone");
    folder_put(data, "agencies.tsv", "A\tb\tNO\td\n");
    refused(DSR_ERR_INPUT, "agencies.tsv", "three fields");
    folder_fill(data);
    folder_put(data, "en/stop.txt", "fine\nbro\xff\n");
    refused(DSR_ERR_INPUT, "stop.txt", "line 2");
}

static void byte_order_mark_and_windows_lines(void **state)
{
    (void)state;
    folder_put(data, "agencies.tsv", "\xef\xbb\xbf# list\r\nVNA\tValley News Agency\tNO\r\n");
    dsr_lexicon *l = opened(NULL);
    assert_true(is_agency(l, "valley news agency", "VNA"));
    dsr_lexicon_close(l);
}

/* The tables that ship with Dossier. */
static void shipped(void **state)
{
    (void)state;
    dsr_lexicon *l = NULL;
    dsr_error error;
    dsr_error_clear(&error);
    if (dsr_lexicon_open(DSR_DATA_FOLDER, NULL, &l, &error) != DSR_OK)
        fail_msg("%s: %s", error.subject, error.message);
    assert_outlet(dsr_lexicon_outlet_by_name(l, DSR_SLICE("TRTWorld")), "TRT World");
    assert_outlet(dsr_lexicon_outlet_by_address(l, DSR_SLICE("https://www.bbc.co.uk/news/x")), "BBC News");
    assert_outlet(dsr_lexicon_outlet_by_address(l, DSR_SLICE("asia.nikkei.com")), "Nikkei Asia");
    assert_true(is_agency(l, "Agence France-Presse", "AFP"));
    assert_true(is_agency(l, "The Associated Press", "AP"));
    assert_true(is_agency(l, "REUTERS", "Reuters"));
    assert_true(is_agency(l, "Deutsche Presse-Agentur", "dpa"));
    assert_true(is_agency(l, "ap", NULL));
    dsr_lexicon_close(l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(outlets_by_name, make, drop),
        cmocka_unit_test_setup_teardown(outlets_by_address, make, drop),
        cmocka_unit_test_setup_teardown(agencies, make, drop),
        cmocka_unit_test_setup_teardown(users_lines_win, make, drop),
        cmocka_unit_test_setup_teardown(user_folder_may_be_missing, make, drop),
        cmocka_unit_test_setup_teardown(lists_that_nobody_reads, make, drop),
        cmocka_unit_test_setup_teardown(missing_files, make, drop),
        cmocka_unit_test_setup_teardown(bad_lines, make, drop),
        cmocka_unit_test_setup_teardown(byte_order_mark_and_windows_lines, make, drop),
        cmocka_unit_test(shipped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
