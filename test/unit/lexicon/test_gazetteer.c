/* The gazetteers: which lists a phrase stands in, however it is written; tables that make no sense; running
 * out of memory. */
#include "folder.h"

#include "lexicon/gazetteer.h"

#include "no_memory.h"

static const char *const table_names[] = {"places/countries.tsv", "places/cities.tsv",   "places/regions.tsv",
                                          "names/given.tsv",      "names/surnames.tsv",  "organisations.tsv",
                                          "agencies.tsv",         "places/demonyms.tsv", "outlets.tsv",
                                          "en/titles.tsv",        "en/org_words.tsv",    "en/place_words.tsv",
                                          "en/event_words.tsv"};
static const char *const inner_names[] = {"places", "names"};

static void make(char path[FOLDER_PATH])
{
    folder_make(path);
    for (size_t i = 0; i < 2; i++) {
        char inner[FOLDER_PATH + 16];
        snprintf(inner, sizeof inner, "%s/%s", path, inner_names[i]);
        assert_int_equal(mkdir(inner, 0700), 0);
    }
    for (size_t i = 0; i < sizeof table_names / sizeof *table_names; i++) {
        folder_put(path, table_names[i], "# nothing\n");
    }
}

static void drop(const char *path)
{
    for (size_t i = 0; i < sizeof table_names / sizeof *table_names; i++) {
        folder_remove(path, table_names[i]);
    }
    for (size_t i = 0; i < 2; i++) {
        char inner[FOLDER_PATH + 16];
        snprintf(inner, sizeof inner, "%s/%s", path, inner_names[i]);
        rmdir(inner);
    }
    folder_drop(path);
}

static void fill(const char *path)
{
    folder_put(
        path, "places/countries.tsv",
        "# head\nVL\tValland\tKingdom of Valland\tOldhaven|New Haven\tVallander|Vallish\tV.L.|the Vales\tRed "
        "House\tEurope\n");
    folder_put(path, "places/cities.tsv", "Šild\tVL\tShield\n");
    folder_put(path, "places/regions.tsv",
               "Lower Vale\tprovince\tVL\tLV\tMarkby\nGrey Sea\tsea\t-\tGray Sea\n");
    folder_put(path, "places/demonyms.tsv", "Greyan|Greyman\tGrey Sea\n");
    folder_put(path, "names/given.tsv", "Ada\tf\ten\nBo\tm\tsv\nKim\tu\tko\n");
    folder_put(path, "names/surnames.tsv", "Stone\ten\tword\nStensson\tsv\nMarkby\tsv\tplace\n");
    folder_put(path, "organisations.tsv",
               "vba\tVale Boat Agency\tVBA\tBoat Agency\tagency\tVL\nfcm\tFC Markby\t\t\tteam\tVL\n");
    folder_put(path, "agencies.tsv", "VNA\tValley News Agency; Valley-News\tVL\n");
    folder_put(path, "outlets.tsv",
               "The Valley Post\tValley Post Online\tvalleypost.example\tValley Media\tVL\n");
    folder_put(path, "en/titles.tsv",
               "harbour master\toffice\tboth\t\trole\nlieutenant\tmilitary\tbefore\tLt.\t\n"
               "aunt\tkin\tafter\t\tkin\n");
    folder_put(path, "en/org_words.tsv", "Ministry\thead\nBank\tlast|head\nFC\tfirst\n");
    folder_put(path, "en/place_words.tsv", "River\tLOC\tlast\t\nFort\tFAC\tfirst\tGPE\n");
    folder_put(path, "en/event_words.tsv", "Cup\tsport\tlast\n");
}

static dsr_gazetteer *opened(const char *data, const char *user)
{
    dsr_gazetteer *gazetteer = NULL;
    dsr_error error;
    assert_int_equal(dsr_gazetteer_open(data, user, &gazetteer, &error), DSR_OK);
    return gazetteer;
}

static void lists_are(const dsr_gazetteer *g, const char *text, uint32_t lists)
{
    assert_int_equal(dsr_gazetteer_find_text(g, dsr_slice_of(text)), lists);
}

static void each_table(void **state)
{
    (void)state;
    char data[FOLDER_PATH];
    make(data);
    fill(data);
    dsr_gazetteer *g = opened(data, NULL);
    lists_are(g, "Valland", DSR_GAZETTEER_COUNTRY);
    lists_are(g, "Kingdom of Valland", DSR_GAZETTEER_COUNTRY);
    lists_are(g, "Vales", DSR_GAZETTEER_COUNTRY);
    lists_are(g, "New Haven", DSR_GAZETTEER_CITY);
    lists_are(g, "Vallanders", DSR_GAZETTEER_DEMONYM);
    lists_are(g, "Vallish", DSR_GAZETTEER_DEMONYM);
    lists_are(g, "Vallishs", 0);
    lists_are(g, "Red House", DSR_GAZETTEER_BUILDING);
    lists_are(g, "Shield", DSR_GAZETTEER_CITY);
    lists_are(g, "Lower Vale", DSR_GAZETTEER_REGION);
    lists_are(g, "Greyans", DSR_GAZETTEER_DEMONYM);
    lists_are(g, "Markby", DSR_GAZETTEER_CITY | DSR_GAZETTEER_SURNAME | DSR_GAZETTEER_PLACE_TOO);
    lists_are(g, "Grey Sea", DSR_GAZETTEER_NATURE);
    lists_are(g, "Ada", DSR_GAZETTEER_GIVEN | DSR_GAZETTEER_FEMALE);
    lists_are(g, "Bo", DSR_GAZETTEER_GIVEN | DSR_GAZETTEER_MALE);
    lists_are(g, "Kim", DSR_GAZETTEER_GIVEN | DSR_GAZETTEER_FEMALE | DSR_GAZETTEER_MALE);
    lists_are(g, "Stone", DSR_GAZETTEER_SURNAME | DSR_GAZETTEER_COMMON);
    lists_are(g, "Stensson", DSR_GAZETTEER_SURNAME);
    lists_are(g, "Vale Boat Agency", DSR_GAZETTEER_BODY);
    lists_are(g, "VBA", DSR_GAZETTEER_SHORT);
    lists_are(g, "FC Markby", DSR_GAZETTEER_TEAM);
    lists_are(g, "Valley News Agency", DSR_GAZETTEER_PRESS);
    lists_are(g, "Valley Post", DSR_GAZETTEER_PRESS);
    lists_are(g, "harbour master", DSR_GAZETTEER_TITLE | DSR_GAZETTEER_ROLE);
    lists_are(g, "Lt.", DSR_GAZETTEER_TITLE);
    lists_are(g, "aunt", DSR_GAZETTEER_ROLE | DSR_GAZETTEER_KIN);
    lists_are(g, "Ministry", DSR_GAZETTEER_BODY_HEAD);
    lists_are(g, "Bank", DSR_GAZETTEER_BODY_HEAD | DSR_GAZETTEER_BODY_LAST);
    lists_are(g, "FC", DSR_GAZETTEER_BODY_FIRST);
    lists_are(g, "River", DSR_GAZETTEER_NATURE_WORD);
    lists_are(g, "Fort", DSR_GAZETTEER_BUILDING_WORD | DSR_GAZETTEER_REGION_WORD);
    lists_are(g, "Cup", DSR_GAZETTEER_EVENT_WORD);
    lists_are(g, "valleypost.example", 0);
    lists_are(g, "", 0);
    dsr_gazetteer_drop(g);
    drop(data);
}

static void spelling_does_not_matter(void **state)
{
    (void)state;
    char data[FOLDER_PATH];
    make(data);
    fill(data);
    dsr_gazetteer *g = opened(data, NULL);
    lists_are(g, "VL", DSR_GAZETTEER_COUNTRY);
    lists_are(g, "V . L .", DSR_GAZETTEER_COUNTRY);
    lists_are(g, "new-haven", DSR_GAZETTEER_CITY);
    lists_are(g, "SILD", DSR_GAZETTEER_CITY);
    lists_are(g, "Ŝíld", DSR_GAZETTEER_CITY);
    lists_are(g, "Silds", 0);
    dsr_gazetteer_drop(g);
    drop(data);
}

static void words_join_to_phrases(void **state)
{
    (void)state;
    char data[FOLDER_PATH];
    make(data);
    fill(data);
    dsr_gazetteer *g = opened(data, NULL);
    bool longer = false;
    dsr_phrase_key key = dsr_phrase_key_of(DSR_SLICE("Vale"));
    assert_int_equal(dsr_gazetteer_find(g, key, &longer), 0);
    assert_true(longer);
    key = dsr_phrase_join(key, dsr_phrase_key_of(DSR_SLICE("Boat")));
    assert_int_equal(dsr_gazetteer_find(g, key, &longer), 0);
    assert_true(longer);
    key = dsr_phrase_join(key, dsr_phrase_key_of(DSR_SLICE("Agency")));
    assert_int_equal(dsr_gazetteer_find(g, key, &longer), DSR_GAZETTEER_BODY);
    assert_false(longer);
    key = dsr_phrase_join(key, DSR_PHRASE_NOTHING);
    assert_int_equal(dsr_gazetteer_find(g, key, NULL), DSR_GAZETTEER_BODY);
    dsr_gazetteer_drop(g);
    drop(data);
}

static void a_user_adds(void **state)
{
    (void)state;
    char data[FOLDER_PATH], user[FOLDER_PATH];
    make(data);
    make(user);
    fill(data);
    folder_put(user, "places/cities.tsv", "Ada\tVL\n");
    dsr_gazetteer *g = opened(data, user);
    lists_are(g, "Ada", DSR_GAZETTEER_GIVEN | DSR_GAZETTEER_FEMALE | DSR_GAZETTEER_CITY);
    lists_are(g, "Šild", DSR_GAZETTEER_CITY);
    dsr_gazetteer_drop(g);
    drop(data);
    drop(user);
}

static void tables_may_be_missing(void **state)
{
    (void)state;
    char data[FOLDER_PATH];
    make(data);
    dsr_gazetteer *g = opened(data, NULL);
    assert_int_equal(dsr_gazetteer_count(g), 0);
    lists_are(g, "Valland", 0);
    dsr_gazetteer_drop(g);
    drop(data);
}

static void a_bad_line_is_named(void **state)
{
    (void)state;
    char data[FOLDER_PATH];
    make(data);
    folder_put(data, "names/given.tsv", "# head\nAda\tf\ten\nBo\n");
    dsr_gazetteer *g = NULL;
    dsr_error error;
    assert_int_equal(dsr_gazetteer_open(data, NULL, &g, &error), DSR_ERR_INPUT);
    assert_null(g);
    assert_non_null(strstr(error.subject, "names/given.tsv"));
    assert_non_null(strstr(error.message, "line 3"));
    folder_put(data, "names/given.tsv", "\xff\tf\ten\n");
    assert_int_equal(dsr_gazetteer_open(data, NULL, &g, &error), DSR_ERR_INPUT);
    drop(data);
}

static void a_missing_table_is_named(void **state)
{
    (void)state;
    char data[FOLDER_PATH];
    make(data);
    folder_remove(data, "names/given.tsv");
    dsr_gazetteer *g = NULL;
    dsr_error error;
    assert_int_equal(dsr_gazetteer_open(data, NULL, &g, &error), DSR_ERR_NOT_FOUND);
    assert_null(g);
    assert_non_null(strstr(error.message, "names/given.tsv"));
    drop(data);
}

static void many_phrases_are_found(void **state)
{
    (void)state;
    enum { MANY = 200000, LINE = 24 };
    char data[FOLDER_PATH];
    make(data);
    char *table = malloc((size_t)MANY * LINE);
    assert_non_null(table);
    size_t used = 0;
    for (unsigned i = 0; i < MANY; i++) {
        used += (size_t)snprintf(table + used, LINE, "n%u\ten\n", i);
    }
    folder_write(data, "names/surnames.tsv", table, used);
    dsr_gazetteer *g = opened(data, NULL);
    assert_int_equal(dsr_gazetteer_count(g), MANY);
    for (unsigned i = 0; i < MANY; i++) {
        char name[16];
        snprintf(name, sizeof name, "N%u", i);
        assert_int_equal(dsr_gazetteer_find_text(g, dsr_slice_of(name)), DSR_GAZETTEER_SURNAME);
    }
    dsr_gazetteer_drop(g);
    free(table);
    drop(data);
}

static void each_allocation(void **state)
{
    (void)state;
    char data[FOLDER_PATH];
    make(data);
    fill(data);
    bool done = false;
    for (long n = 0; n < 10000 && !done; n++) {
        dsr_gazetteer *g = NULL;
        calls_left = n;
        dsr_status status = dsr_gazetteer_open(data, data, &g, NULL);
        calls_left = -1;
        done = status == DSR_OK;
        if (done) {
            lists_are(g, "Grey Sea", DSR_GAZETTEER_NATURE);
            dsr_gazetteer_drop(g);
        } else {
            /* A stream that gets no memory is a file that cannot be opened. */
            assert_true(status == DSR_ERR_MEMORY || status == DSR_ERR_IO);
            assert_null(g);
        }
    }
    assert_true(done);
    drop(data);
}

static void the_data_folder_is_sound(void **state)
{
    (void)state;
    dsr_gazetteer *g = opened(DSR_DATA_FOLDER, NULL);
    assert_true(dsr_gazetteer_count(g) > 10000);
    assert_true((dsr_gazetteer_find_text(g, DSR_SLICE("United Kingdom")) & DSR_GAZETTEER_COUNTRY) != 0);
    assert_true((dsr_gazetteer_find_text(g, DSR_SLICE("U.S.")) & DSR_GAZETTEER_COUNTRY) != 0);
    assert_true((dsr_gazetteer_find_text(g, DSR_SLICE("prime minister")) & DSR_GAZETTEER_TITLE) != 0);
    assert_true((dsr_gazetteer_find_text(g, DSR_SLICE("World Health Organization")) & DSR_GAZETTEER_BODY) !=
                0);
    assert_true((dsr_gazetteer_find_text(g, DSR_SLICE("Maria")) & DSR_GAZETTEER_GIVEN) != 0);
    dsr_gazetteer_drop(g);
    dsr_gazetteer_drop(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_table),
                                       cmocka_unit_test(spelling_does_not_matter),
                                       cmocka_unit_test(words_join_to_phrases),
                                       cmocka_unit_test(a_user_adds),
                                       cmocka_unit_test(tables_may_be_missing),
                                       cmocka_unit_test(a_bad_line_is_named),
                                       cmocka_unit_test(a_missing_table_is_named),
                                       cmocka_unit_test(many_phrases_are_found),
                                       cmocka_unit_test(each_allocation),
                                       cmocka_unit_test(the_data_folder_is_sound)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
