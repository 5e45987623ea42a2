/* The rule language (own rules in a folder), and the English rules that ship: own sentences for every kind,
 * and sentences that must not be taken. */
#include "folder.h"

#include "lexicon/rules.h"

static const dsr_slice EN = {"en", 2};
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

static dsr_lexicon *opened(const char *folder, const char *user_folder)
{
    dsr_lexicon *lexicon = NULL;
    dsr_error error;
    dsr_error_clear(&error);
    if (dsr_lexicon_open(folder, user_folder, &lexicon, &error) != DSR_OK)
        fail_msg("%s: %s", error.subject, error.message);
    return lexicon;
}

static dsr_lexicon *with_rules(const char *rules)
{
    folder_put(data, "en/furniture.rules", rules);
    return opened(data, NULL);
}

static bool line_fits(const dsr_lexicon *l, const char *line)
{
    dsr_rule_match m;
    return dsr_rules_match(l, EN, dsr_slice_of(line), DSR_RULE_LINE, 0, &m);
}

static void words_and_choices(void **state)
{
    (void)state;
    dsr_lexicon *l = with_rules("share: {share | send} [this] _ ...2 \"NOW\"\n");
    assert_true(line_fits(l, "Share this story NOW"));
    assert_true(line_fits(l, "  SEND   it NOW  "));
    assert_true(line_fits(l, "share a b c NOW"));
    assert_false(line_fits(l, "share a b c d e NOW"));
    assert_false(line_fits(l, "Share this story now"));
    assert_false(line_fits(l, "Share NOW"));
    assert_false(line_fits(l, "Please share this story NOW"));
    assert_false(line_fits(l, "Share this story NOW please"));
    assert_false(line_fits(l, ""));
    dsr_lexicon_close(l);
}

static void nested_choices_and_definitions(void **state)
{
    (void)state;
    dsr_lexicon *l = with_rules("define net = blue bird | red\ndefine nets = <net> | green | <net> {and | &} "
                                "<net>\nshare: on <nets> [{. | !}]\n");
    const char *const yes[] = {"on red", "on Blue Bird", "on green!", "on red and blue bird.",
                               "on blue bird & red"};
    for (size_t i = 0; i < sizeof yes / sizeof yes[0]; i++)
        assert_true(line_fits(l, yes[i]));
    const char *const no[] = {"on blue",    "on bird",          "on green and red",
                              "on red and", "on red blue bird", "red"};
    for (size_t i = 0; i < sizeof no / sizeof no[0]; i++)
        assert_false(line_fits(l, no[i]));
    dsr_lexicon_close(l);
}

static void classes(void **state)
{
    (void)state;
    dsr_lexicon *l = with_rules(
        "byline: by <name> [{and | ,} <name>] [in <place>]\nread_time: <number> min\npublished: on <date>\n"
        "published: at <time>\nsource_credit: from <agency> [and <agencies>]\nsource_credit: via <outlet>\n"
        "other: <quote> <Word> <quote>\nexcept name = staff\n");
    dsr_rule_match m;
    assert_true(dsr_rules_match(l, EN, DSR_SLICE("By Ann B. Lee and Jos\xc3\xa9 de la Cruz in Oslo"),
                                DSR_RULE_LINE, 0, &m));
    assert_int_equal(m.kind, DSR_FURNITURE_BYLINE);
    assert_true(dsr_slice_equal(m.author, DSR_SLICE("Ann B. Lee and Jos\xc3\xa9 de la Cruz")));
    assert_true(dsr_slice_equal(m.place, DSR_SLICE("Oslo")));
    assert_true(dsr_rules_match(l, EN, DSR_SLICE("from the Valley News Agency and wire services"),
                                DSR_RULE_LINE, 0, &m));
    assert_int_equal(m.agency_count, 1);
    assert_true(dsr_slice_equal(m.agencies[0], DSR_SLICE("VNA")));
    assert_true(m.some_agency);
    assert_true(dsr_rules_match(l, EN, DSR_SLICE("Via Valley Post"), DSR_RULE_LINE, 0, &m));
    assert_true(dsr_slice_equal(m.outlet, DSR_SLICE("Valley Post")));
    assert_true(dsr_rules_match(l, EN, DSR_SLICE("on Jan 11, 2022, 8 pm"), DSR_RULE_LINE, 0, &m));
    assert_true(dsr_slice_equal(m.date, DSR_SLICE("Jan 11, 2022, 8 pm")));
    assert_true(line_fits(l, "at 8:17 p.m."));
    assert_true(line_fits(l, "12 min"));
    assert_true(line_fits(l, "\xe2\x80\x9cTalks\xe2\x80\x9d"));
    const char *const no[] = {"by Ann",   "by ann lee", "by Ann Staff", "x min",  "from Valley",
                              "from vna", "via Valley", "on 31 things", "at noon"};
    for (size_t i = 0; i < sizeof no / sizeof no[0]; i++)
        assert_false(line_fits(l, no[i]));
    dsr_lexicon_close(l);
}

static void parts_of_lines(void **state)
{
    (void)state;
    dsr_lexicon *l = with_rules("dateline at start: <PLACE> - ~ <Word>\nreadmore at end: read more "
                                "[here]\nsource_credit at end: ( <agency> )\n");
    dsr_rule_match m;
    dsr_slice line = DSR_SLICE("NEW OSLO - Talks began, she said. Read more here");
    assert_true(dsr_rules_match(l, EN, line, DSR_RULE_START, 0, &m));
    assert_true(dsr_slice_equal(m.span, DSR_SLICE("NEW OSLO -")));
    assert_true(dsr_rules_match(l, EN, line, DSR_RULE_END, 0, &m));
    assert_true(dsr_slice_equal(m.span, DSR_SLICE("Read more here")));
    assert_false(dsr_rules_match(l, EN, line, DSR_RULE_LINE, 0, &m));
    assert_false(dsr_rules_match(l, EN, DSR_SLICE("NEW OSLO - talks"), DSR_RULE_START, 0, &m));
    assert_false(dsr_rules_match(l, EN, DSR_SLICE("Oslo - Talks"), DSR_RULE_START, 0, &m));
    assert_false(dsr_rules_match(l, EN, DSR_SLICE("Children should read more here"), DSR_RULE_END, 0, &m));
    assert_false(
        dsr_rules_match(l, EN, DSR_SLICE("Read more"), DSR_RULE_END, 0, &m)); /* a whole line is no end */
    assert_true(dsr_rules_match(l, EN, DSR_SLICE("Talks ended (VNA)"), DSR_RULE_END, 0, &m));
    assert_true(dsr_slice_equal(m.span, DSR_SLICE("(VNA)")));
    dsr_lexicon_close(l);
}

static void places_in_the_report(void **state)
{
    (void)state;
    dsr_lexicon *l = with_rules(
        "byline top: <name>\nother tail: the end\nreadmore block: related\nshare top tail: share\n");
    dsr_rule_match m;
    assert_false(line_fits(l, "Ann Lee"));
    assert_true(dsr_rules_match(l, EN, DSR_SLICE("Ann Lee"), DSR_RULE_LINE, DSR_RULE_TOP, &m));
    assert_false(dsr_rules_match(l, EN, DSR_SLICE("Ann Lee"), DSR_RULE_LINE, DSR_RULE_TAIL, &m));
    assert_true(dsr_rules_match(l, EN, DSR_SLICE("The end"), DSR_RULE_LINE, DSR_RULE_TAIL, &m));
    assert_true(dsr_rules_match(l, EN, DSR_SLICE("Share"), DSR_RULE_LINE, DSR_RULE_TAIL, &m));
    assert_true(dsr_rules_match(l, EN, DSR_SLICE("Related"), DSR_RULE_LINE, 0, &m));
    assert_true(m.block);
    dsr_lexicon_close(l);
}

static void order_and_users_rules(void **state)
{
    (void)state;
    folder_put(data, "en/furniture.rules", "advert: one {two | three}\nshare: one two\n");
    folder_put(user, "en/furniture.rules", "caption: one three\n");
    dsr_lexicon *l = opened(data, user);
    dsr_rule_match m;
    assert_true(dsr_rules_match(l, EN, DSR_SLICE("one two"), DSR_RULE_LINE, 0, &m));
    assert_int_equal(m.kind, DSR_FURNITURE_ADVERT);
    assert_true(dsr_rules_match(l, EN, DSR_SLICE("one three"), DSR_RULE_LINE, 0, &m));
    assert_int_equal(m.kind, DSR_FURNITURE_CAPTION);
    assert_true(dsr_rules_known(l, EN));
    assert_false(dsr_rules_known(l, DSR_SLICE("xx")));
    assert_false(dsr_rules_match(l, DSR_SLICE("xx"), DSR_SLICE("one two"), DSR_RULE_LINE, 0, &m));
    dsr_lexicon_close(l);
}

static void bad_rules(void **state)
{
    (void)state;
    const char *const bad[][2] = {
        {"advert advertisement\n", "colon"}, {"# c\n\nnews: x\n", "line 3"},
        {"advert: {a | b\n", "brackets"},    {"advert: a ]\n", "brackets"},
        {"advert: \"a\n", "quotation mark"}, {"advert: <nothing>\n", "neither built in"},
        {"advert: <name\n", "closed"},       {"advert: [a]\n", "nothing at all"},
        {"advert: ...\n", "nothing at all"}, {"advert sideways: a\n", "before the colon"},
        {"define x\n", "equals sign"},       {"define = a\n", "no name"},
        {"except verbs = a\n", "except"},    {"share at end: <name> x\n", "fixed word"},
        {"advert:\n", "nothing at all"},     {"define a = x\ndefine b = <b>\nadvert: <b>\n", "too deeply"}};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        dsr_lexicon *l = NULL;
        dsr_error error;
        dsr_error_clear(&error);
        folder_put(data, "en/furniture.rules", bad[i][0]);
        if (dsr_lexicon_open(data, NULL, &l, &error) != DSR_ERR_INPUT)
            fail_msg("\"%s\" is taken", bad[i][0]);
        assert_non_null(strstr(error.subject, "furniture.rules"));
        assert_non_null(strstr(error.message, "line "));
        if (!strstr(error.message, bad[i][1]))
            fail_msg("\"%s\" lacks \"%s\"", error.message, bad[i][1]);
    }
}

/* A rule that is longer than a rule may be is refused, not cut. */
static void long_rule(void **state)
{
    (void)state;
    static char rule[40000];
    size_t used = (size_t)snprintf(rule, sizeof rule, "advert: a");
    for (int i = 0; i < 300; i++)
        used += (size_t)snprintf(rule + used, sizeof rule - used, " [word%d <Word>]", i);
    folder_put(data, "en/furniture.rules", rule);
    dsr_lexicon *l = NULL;
    dsr_error error;
    assert_int_equal(dsr_lexicon_open(data, NULL, &l, &error), DSR_ERR_INPUT);
    assert_non_null(strstr(error.message, "too long"));
    /* Deep brackets neither overflow nor hang. */
    memset(rule, '[', sizeof rule - 1);
    memcpy(rule, "advert: a ", 10);
    rule[sizeof rule - 1] = '\0';
    folder_put(data, "en/furniture.rules", rule);
    assert_int_equal(dsr_lexicon_open(data, NULL, &l, &error), DSR_ERR_INPUT);
}

/* Many ways to match must cost no more than the line times the rule. */
static void no_explosion(void **state)
{
    (void)state;
    dsr_lexicon *l = with_rules("advert: a ... a ... a ... a ... a ... a ... a ... a ... a ... b\nadvert: a "
                                "[a] [a] [a] [a] [a] [a] [a] [a] [a] [a] [a] [a] ... c\n");
    char line[990];
    for (size_t i = 0; i < sizeof line; i++)
        line[i] = i % 2 ? ' ' : 'a';
    dsr_rule_match m;
    for (int i = 0; i < 200; i++) {
        assert_false(dsr_rules_match(l, EN, (dsr_slice){line, 139}, DSR_RULE_LINE, 0, &m));
        assert_false(dsr_rules_match(l, EN, (dsr_slice){line, sizeof line}, DSR_RULE_LINE, 0, &m));
    }
    dsr_lexicon_close(l);
}

static void hostile_lines(void **state)
{
    (void)state;
    dsr_lexicon *l = opened(DSR_DATA_FOLDER, NULL);
    size_t length = 1 << 20;
    char *line = test_malloc(length);
    const char *const fills[] = {"a",  "(",  "- ",   "READ MORE ", "\xe2\x80\x94", "\xff",
                                 "1.", "A ", "\x01", "By Ann ",    "/AP ",         "[("};
    dsr_rule_match m;
    for (size_t f = 0; f < sizeof fills / sizeof fills[0]; f++) {
        size_t n = strlen(fills[f]);
        for (size_t i = 0; i < length; i++)
            line[i] = fills[f][i % n];
        const size_t sizes[] = {1, 2, 3, 63, 159, 499, 500, 501, 999, 1000, 1001, length};
        for (size_t s = 0; s < sizeof sizes / sizeof sizes[0]; s++)
            for (int part = DSR_RULE_LINE; part <= DSR_RULE_END; part++) {
                dsr_slice text = {line, sizes[s]};
                if (dsr_rules_match(l, EN, text, (dsr_rule_part)part, 3, &m)) {
                    assert_true(m.span.ptr >= text.ptr && m.span.ptr + m.span.len <= text.ptr + text.len);
                    assert_true(m.span.len > 0);
                }
            }
    }
    test_free(line);
    dsr_lexicon_close(l);
}

typedef struct kind_case {
    const char *line;
    const char *kind; /* NULL: no furniture */
} kind_case;

static const kind_case whole_lines[] = {
    {"Advertisement", "advert"},
    {"ADVERTISEMENT - CONTINUE READING BELOW", "advert"},
    {"Story continues below this ad", "advert"},
    {"Sponsored by Hill & Sons", "advert"},
    {"Get it on Google Play", "app_promo"},
    {"Download on the App Store", "app_promo"},
    {"Download our free app for the latest headlines", "app_promo"},
    {"Android | iOS", "app_promo"},
    {"Sign up for our morning newsletter", "subscription"},
    {"Subscribe now to continue reading", "subscription"},
    {"Already a subscriber? Log in", "subscription"},
    {"You have reached your limit of free articles this month.", "subscription"},
    {"Only subscribers can comment on this story.", "subscription"},
    {"Enter your email address", "subscription"},
    {"Forgot your password?", "account_form"},
    {"Password", "account_form"},
    {"Sign in with Google", "account_form"},
    {"READ MORE: Council votes on the bridge", "readmore"},
    {"Also read | Ferry stays in port", "readmore"},
    {"Related stories", "readmore"},
    {"Most read", "readmore"},
    {"SEE ALSO: How the bridge was built", "readmore"},
    {"Watch: Storm hits the harbour", "readmore"},
    {"Continue reading", "readmore"},
    {"Share this article", "share"},
    {"Facebook | Twitter | WhatsApp", "share"},
    {"12 comments", "share"},
    {"Follow us on Twitter and Facebook", "share"},
    {"Comments are closed.", "share"},
    {"Follow Ann Lee on Twitter @annlee", "share"},
    {"5 min read", "read_time"},
    {"Reading time: 4 minutes", "read_time"},
    {"Live Story", "live_story"},
    {"Live updates", "live_story"},
    {"This is a developing story and will be updated.", "live_story"},
    {"Published: 08:17 PM, 11 Jan, 2022", "published"},
    {"Updated Jan. 11, 2022, 8:17 p.m. ET", "published"},
    {"Last modified on Wed 12 Jan 2022 09.30 GMT", "published"},
    {"Posted at 10:30 am, January 11, 2022", "published"},
    {"3 hours ago", "published"},
    {"Published On 11 Jan 2022 | Updated 12 Jan 2022", "published"},
    {"By Ann Lee", "byline"},
    {"By Ann Lee and Tom Roe in Kyiv", "byline"},
    {"BY ANN LEE, Associated Press", "byline"},
    {"By our correspondent", "byline"},
    {"By Reuters Staff", "byline"},
    {"Reporting by Ann Lee; Editing by Tom Roe", "byline"},
    {"(Reporting by Ann Lee in Oslo; Writing by Tom Roe)", "byline"},
    {"Associated Press writer Ann Lee contributed to this report.", "byline"},
    {"Source: TRT World and agencies", "source_credit"},
    {"(With inputs from PTI)", "source_credit"},
    {"Reuters is an international news agency.", "source_credit"},
    {"This story was originally published by ProPublica.", "source_credit"},
    {"\xc2\xa9 2022 Agence France-Presse", "source_credit"},
    {"Copyright 2022 The Associated Press. All rights reserved.", "source_credit"},
    {"Al Jazeera and news agencies", "source_credit"},
    {"Caption: The bridge on Monday", "caption"},
    {"The old bridge, seen on Monday. (Reuters)", "caption"},
    {"Workers repair the bridge [source: Getty]", "caption"},
    {"A ferry leaves the port. (AP Photo/Ann Lee)", "caption"},
    {"People cross the river. Photograph: Ann Lee/The Guardian", "caption"},
    {"FILE PHOTO: The mayor speaks in Oslo", "caption"},
    {"Photo: Ann Lee", "caption"},
    {"Getty Images", "credit"},
    {"Ann Lee/Reuters", "credit"},
    {"Tags: bridge, river", "other"},
    {"We use cookies to improve this site.", "other"},
    {"Editor's note: This story has been corrected.", "other"},
    {"MOSCOW \xe2\x80\x94", "dateline"},
    /* What a report tells itself. */
    {"The agency said on Tuesday that it had read more than 300 letters.", NULL},
    {"He told Reuters that the bridge would open in May.", NULL},
    {"By Tuesday evening the water had reached the second floor of the school.", NULL},
    {"Share prices fell by three per cent in early trading on Monday.", NULL},
    {"Live shells were found near the school, police said.", NULL},
    {"Subscribers to the plan paid two dollars a month, the company said.", NULL},
    {"Published reports said that the minister had resigned.", NULL},
    {"Sources in the ministry said no date had been set.", NULL},
    {"Read the letter twice before you sign it, she advised her clients.", NULL},
    {"More than 100,000 troops stand near the border.", NULL},
    {"In this country nobody forgets the flood of 1953, he said.", NULL},
    {"The Associated Press reviewed the documents.", NULL},
    {"Follow the money, the prosecutor told the jury.", NULL},
    {"Copyright law protects the song until 2050, lawyers said.", NULL},
    {"A developing country cannot pay for it alone, the minister said.", NULL},
    {"Watching the river rise, people moved their cars.", NULL},
    {"Photographs of the bridge were shown in court on Friday.", NULL},
    {"Related charges against two officers were dropped last week.", NULL},
    {"From Kyiv to Lviv the trains were full on Wednesday.", NULL},
    {"Images of the damage spread quickly, and the mayor resigned.", NULL},
    {"Updated figures will be released in March, the bank said.", NULL},
    {"This report will be discussed by the council next week.", NULL}};

static void shipped_lines(void **state)
{
    (void)state;
    dsr_lexicon *l = opened(DSR_DATA_FOLDER, NULL);
    size_t wrong = 0;
    for (size_t i = 0; i < sizeof whole_lines / sizeof whole_lines[0]; i++) {
        const kind_case *c = &whole_lines[i];
        dsr_rule_match m;
        bool fits = dsr_rules_match(l, EN, dsr_slice_of(c->line), DSR_RULE_LINE, 0, &m);
        const char *kind = fits ? dsr_furniture_kind_name(m.kind) : NULL;
        bool right = c->kind ? kind && strcmp(kind, c->kind) == 0 : !fits;
        if (!right)
            print_error("\"%s\" is %s, not %s\n", c->line, kind ? kind : "nothing",
                        c->kind ? c->kind : "nothing");
        wrong += !right;
    }
    assert_int_equal(wrong, 0);
    dsr_lexicon_close(l);
}

typedef struct edge_case {
    const char *line;
    dsr_rule_part part;
    const char *span;
    const char *place, *agency, *outlet;
} edge_case;

static const edge_case edges[] = {
    {"MOSCOW \xe2\x80\x94 The talks", DSR_RULE_START, "MOSCOW \xe2\x80\x94", "MOSCOW", NULL, NULL},
    {"GENEVA (AP) \xe2\x80\x94 The talks", DSR_RULE_START, "GENEVA (AP) \xe2\x80\x94", "GENEVA", "AP", NULL},
    {"LONDON, Jan 11 (Reuters) - The talks", DSR_RULE_START, "LONDON, Jan 11 (Reuters) -", "LONDON",
     "Reuters", NULL},
    {"Kyiv, Ukraine (CNN) -- The talks", DSR_RULE_START, "Kyiv, Ukraine (CNN) --", "Kyiv, Ukraine", NULL,
     "CNN"},
    {"NEW DELHI: The talks", DSR_RULE_START, "NEW DELHI:", "NEW DELHI", NULL, NULL},
    {"MOSCOW, January 11. /TASS/. The talks", DSR_RULE_START, "MOSCOW, January 11. /TASS/.", "MOSCOW", "TASS",
     NULL},
    {"Moscow [Russia], January 11 (ANI): The talks", DSR_RULE_START,
     "Moscow [Russia], January 11 (ANI):", "Moscow [Russia]", "ANI", NULL},
    {"SALEM, Ore. (AP) \xe2\x80\x94 The law", DSR_RULE_START, "SALEM, Ore. (AP) \xe2\x80\x94", "SALEM, Ore.",
     "AP", NULL},
    {"OSLO - Talks began", DSR_RULE_START, "OSLO -", "OSLO", NULL, NULL},
    {"BEIJING, Jan. 11 (Xinhua) -- The talks", DSR_RULE_START, "BEIJING, Jan. 11 (Xinhua) --", "BEIJING",
     "Xinhua", NULL},
    {"UPDATE: The talks", DSR_RULE_START, NULL, NULL, NULL, NULL},
    {"HOST: Good evening", DSR_RULE_START, NULL, NULL, NULL, NULL},
    {"NATO-Russia talks - the first since 2019 - began", DSR_RULE_START, NULL, NULL, NULL, NULL},
    {"Moscow said: The talks", DSR_RULE_START, NULL, NULL, NULL, NULL},
    {"It will be hard. read more", DSR_RULE_END, "read more", NULL, NULL, NULL},
    {"The talks ended. (Reuters)", DSR_RULE_END, "(Reuters)", NULL, "Reuters", NULL},
    {"The talks ended. (With inputs from agencies)", DSR_RULE_END, "(With inputs from agencies)", NULL, NULL,
     NULL},
    {"The talks ended. (Reporting by Ann Lee)", DSR_RULE_END, "(Reporting by Ann Lee)", NULL, NULL, NULL},
    {"They should read more", DSR_RULE_END, NULL, NULL, NULL, NULL},
    {"The bank paid out (with interest)", DSR_RULE_END, NULL, NULL, NULL, NULL}};

static void same_or_none(dsr_slice found, const char *expected, const char *line)
{
    if (expected ? !dsr_slice_equal(found, dsr_slice_of(expected)) : found.ptr != NULL)
        fail_msg("\"%s\": \"%.*s\" instead of \"%s\"", line, DSR_PRINT(found),
                 expected ? expected : "nothing");
}

static void shipped_edges(void **state)
{
    (void)state;
    dsr_lexicon *l = opened(DSR_DATA_FOLDER, NULL);
    for (size_t i = 0; i < sizeof edges / sizeof edges[0]; i++) {
        const edge_case *c = &edges[i];
        dsr_rule_match m = {0};
        if (!dsr_rules_match(l, EN, dsr_slice_of(c->line), c->part, 0, &m))
            m = (dsr_rule_match){0};
        same_or_none(m.span, c->span, c->line);
        same_or_none(m.place, c->place, c->line);
        same_or_none(m.agency_count > 0 ? m.agencies[0] : DSR_SLICE_NONE, c->agency, c->line);
        same_or_none(m.outlet, c->outlet, c->line);
    }
    dsr_lexicon_close(l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(words_and_choices, make, drop),
        cmocka_unit_test_setup_teardown(nested_choices_and_definitions, make, drop),
        cmocka_unit_test_setup_teardown(classes, make, drop),
        cmocka_unit_test_setup_teardown(parts_of_lines, make, drop),
        cmocka_unit_test_setup_teardown(places_in_the_report, make, drop),
        cmocka_unit_test_setup_teardown(order_and_users_rules, make, drop),
        cmocka_unit_test_setup_teardown(bad_rules, make, drop),
        cmocka_unit_test_setup_teardown(long_rule, make, drop),
        cmocka_unit_test_setup_teardown(no_explosion, make, drop),
        cmocka_unit_test(hostile_lines),
        cmocka_unit_test(shipped_lines),
        cmocka_unit_test(shipped_edges),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
