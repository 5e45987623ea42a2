/* What was said in a story: speaker by speaker, in order of time, one quotation with what each report has of
 * it. Must not know how quotations are matched or speakers found. */
#include "present/page.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    SPEAKERS_LISTED = 12,
    QUOTES_LISTED = 6,   /* of a speaker */
    NOBODYS_LISTED = 3,  /* whose speaker is not known */
    QUOTE_LINES = 4,     /* of one quotation, unless the look asks for all */
    VARIANTS_LISTED = 4, /* different versions of one quotation ... */
    VARIANTS_MOST = 64,  /* ... where the look asks for all */
    HANDLES_NAMED = 6,   /* of one version */
    ROLE_COLUMNS = 60,
    NAME_COLUMNS = 40,
    AUDIENCE_COLUMNS = 40,
    GUESS = 600 /* thousandths: a speaker below is shown as a guess */
};
enum { AT_SPEAKER = 2, AT_QUOTE = 4, AT_VARIANT = 6, DEEPER = 2, GAP = 2 };

/* One version of a quotation and the reports that have it. */
typedef struct version {
    const dsr_quote_variant *variant;
    uint32_t reports[HANDLES_NAMED];
    uint32_t count; /* of reports; the first HANDLES_NAMED are kept */
} version;

typedef struct versions {
    version items[VARIANTS_MOST];
    size_t count;
    size_t more; /* variants beyond */
} versions;

static bool are_alike(const dsr_page *page, const dsr_quote_variant *a, const dsr_quote_variant *b)
{
    bool other_speaker =
        a->otherwise != b->otherwise || (a->otherwise && !dsr_slice_equal(a->speaker, b->speaker));
    if (a->kind != b->kind || other_speaker)
        return false;
    return a->kind == DSR_VARIANT_SAME || dsr_slice_equal(dsr_side_text(&page->sides[a->report], a->span),
                                                          dsr_side_text(&page->sides[b->report], b->span));
}

static void add_version(const dsr_page *page, const dsr_quote_variant *variant, size_t most, versions *to)
{
    size_t at = 0;
    while (at < to->count && !are_alike(page, to->items[at].variant, variant))
        at++;
    if (at == most) {
        to->more++;
        return;
    }
    version *v = &to->items[at];
    if (at == to->count) {
        to->count++;
        v->variant = variant;
        v->count = 0;
    }
    if (v->count < HANDLES_NAMED)
        v->reports[v->count] = variant->report;
    v->count++;
}

static void print_handles(dsr_paint *paint, const dsr_page *page, const version *v)
{
    uint32_t named = v->count > HANDLES_NAMED ? HANDLES_NAMED - 1 : v->count;
    for (uint32_t i = 0; i < named; i++) {
        dsr_paint_print(paint, " ");
        dsr_paint_toned(paint, DSR_TONE_MARK, page->sides[v->reports[i]].handle);
    }
    if (named < v->count)
        dsr_paint_print(paint, " +%u", v->count - named);
}

static dsr_slice without_marks(dsr_slice text)
{
    size_t length = 1;
    uint32_t c = text.len > 0 ? dsr_utf8_decode(text.ptr, text.ptr + text.len, &length) : 0;
    bool opens =
        c == '"' || c == '\'' || c == 0xab || c == 0xbb || c == 0x300c || (c >= 0x2018 && c <= 0x201f);
    if (opens)
        text = dsr_slice_part(text, length, text.len);
    size_t last = text.len > 0 ? dsr_utf8_floor(text, text.len - 1) : 0;
    c = text.len > 0 ? dsr_utf8_decode(text.ptr + last, text.ptr + text.len, &length) : 0;
    bool closes =
        c == '"' || c == '\'' || c == 0xab || c == 0xbb || c == 0x300d || (c >= 0x2018 && c <= 0x201f);
    return opens && closes ? dsr_slice_part(text, 0, last) : text;
}

static void print_quoted(dsr_paint *paint, dsr_slice words)
{
    dsr_paint_tone(paint, DSR_TONE_PLAIN);
    dsr_paint_print(paint, " \xe2\x80\x9c");
    dsr_paint_text(paint, words);
    dsr_paint_print(paint, "\xe2\x80\x9d");
    dsr_paint_tone(paint, DSR_TONE_QUIET);
}

static size_t bytes_of(const dsr_spans *spans)
{
    size_t bytes = 0;
    for (size_t i = 0; i < spans->count; i++)
        bytes += spans->items[i].end - spans->items[i].start;
    return bytes;
}

/* What is missing, where that is less to read than what is left; else what is left. */
static void print_cut(dsr_paint *paint, const dsr_page *page, const dsr_story_quote *quote, const version *v)
{
    const dsr_quote_variant *cut = v->variant;
    const dsr_side *base = &page->sides[quote->variants.items[0].report];
    dsr_slice own = dsr_side_text(&page->sides[cut->report], cut->span);
    if (bytes_of(&cut->left_out) > own.len || cut->left_out.count > 2) {
        dsr_paint_print(paint, "cut in");
        print_handles(paint, page, v);
        dsr_paint_print(paint, " to");
        print_quoted(paint, without_marks(own));
        return;
    }
    dsr_paint_print(paint, "cut in");
    print_handles(paint, page, v);
    dsr_paint_print(paint, ": without");
    for (size_t i = 0; i < cut->left_out.count; i++) {
        if (i > 0)
            dsr_paint_print(paint, " and");
        print_quoted(paint, dsr_side_text(base, cut->left_out.items[i]));
    }
}

/* The version's own words, those that are only there in their own tone. */
static void print_changed(dsr_paint *paint, const dsr_page *page, const version *v)
{
    const dsr_quote_variant *changed = v->variant;
    const dsr_side *side = &page->sides[changed->report];
    uint32_t at = changed->span.start;
    dsr_paint_print(paint, "changed in");
    print_handles(paint, page, v);
    dsr_paint_print(paint, ": ");
    dsr_paint_tone(paint, DSR_TONE_PLAIN);
    for (size_t i = 0; i < changed->added.count; i++) {
        dsr_span added = changed->added.items[i];
        dsr_paint_text(paint, dsr_side_text(side, (dsr_span){at, added.start}));
        dsr_paint_toned(paint, DSR_TONE_TO, dsr_side_text(side, added));
        at = added.end;
    }
    dsr_paint_text(paint, dsr_side_text(side, (dsr_span){at, changed->span.end}));
    dsr_paint_tone(paint, DSR_TONE_QUIET);
}

/* Whom a report that names somebody else names. */
static void print_otherwise(dsr_paint *paint, const dsr_quote_variant *variant)
{
    if (variant->otherwise) {
        dsr_paint_print(paint, " (there said by ");
        dsr_paint_text(paint, dsr_paint_head(variant->speaker, NAME_COLUMNS));
        dsr_paint_print(paint, ")");
    }
}

static void paint_version(dsr_paint *paint, const dsr_page *page, const dsr_story_quote *quote,
                          const version *v)
{
    const dsr_quote_variant *variant = v->variant;
    dsr_paint_tone(paint, DSR_TONE_QUIET);
    switch (variant->kind) {
    case DSR_VARIANT_CUT:
        print_cut(paint, page, quote, v);
        break;
    case DSR_VARIANT_CHANGED:
        print_changed(paint, page, v);
        break;
    case DSR_VARIANT_SAME:
    case DSR_VARIANT_KINDS:
        dsr_paint_print(paint, "the same in");
        print_handles(paint, page, v);
        break;
    }
    print_otherwise(paint, variant);
    dsr_paint_cite(paint, &page->sides[variant->report], variant->span.start);
    dsr_paint_end(paint, (dsr_layout){AT_VARIANT, AT_VARIANT + DEEPER, paint->look.all ? 0 : QUOTE_LINES});
}

/* "(tweet, to reporters, 11 Jan)" */
static void print_circumstances(dsr_paint *paint, const dsr_story_quote *quote)
{
    const char *before = "(";
    dsr_paint_tone(paint, DSR_TONE_QUIET);
    bool guess = quote->speaker_name.len > 0 && quote->confidence < GUESS;
    if (quote->medium != DSR_MEDIUM_UNSAID || quote->audience.len > 0 || quote->said_day != DSR_NO_DAY ||
        guess)
        dsr_paint_pad(paint, GAP);
    if (quote->medium != DSR_MEDIUM_UNSAID) {
        dsr_paint_print(paint, "%s%s", before, dsr_medium_name(quote->medium));
        before = ", ";
    }
    if (quote->audience.len > 0) {
        dsr_slice head = dsr_paint_head(quote->audience, AUDIENCE_COLUMNS);
        dsr_paint_print(paint, "%sto ", before);
        dsr_paint_text(paint, head);
        dsr_paint_print(paint, head.len < quote->audience.len ? "\xe2\x80\xa6" : "");
        before = ", ";
    }
    if (quote->said_day != DSR_NO_DAY) {
        char day[DSR_DATE_ROOM];
        if (quote->said_on.len < sizeof "2022-01-11" - 1)
            (void)snprintf(day, sizeof day, "%.*s", DSR_PRINT(quote->said_on));
        else
            dsr_date_range(quote->said_day, quote->said_day, true, day);
        dsr_paint_print(paint, "%s%s", before, day);
        before = ", ";
    }
    if (guess) {
        dsr_paint_print(paint, "%sthe speaker is a guess", before);
        before = ", ";
    }
    if (before[0] == ',')
        dsr_paint_print(paint, ")");
}

static void paint_quote(dsr_paint *paint, const dsr_page *page, const dsr_story_quote *quote)
{
    const dsr_quote_variant *first = &quote->variants.items[0];
    versions found = {.count = 0};
    dsr_paint_tone(paint, DSR_TONE_PLAIN);
    dsr_paint_text(paint, quote->text);
    print_circumstances(paint, quote);
    print_otherwise(paint, first);
    dsr_paint_cite(paint, &page->sides[first->report], first->span.start);
    dsr_paint_end(paint, (dsr_layout){AT_QUOTE, AT_QUOTE, paint->look.all ? 0 : QUOTE_LINES});
    for (size_t i = 1; i < quote->variants.count; i++)
        add_version(page, &quote->variants.items[i], paint->look.all ? VARIANTS_MOST : VARIANTS_LISTED,
                    &found);
    for (size_t i = 0; i < found.count; i++)
        paint_version(paint, page, quote, &found.items[i]);
    if (found.more > 0) {
        dsr_paint_tone(paint, DSR_TONE_QUIET);
        dsr_paint_print(paint, "\xe2\x80\xa6 and in other words in %zu more", found.more);
        dsr_paint_end(paint, (dsr_layout){AT_VARIANT, AT_VARIANT, 0});
    }
}

/* ---- which quotations are shown ---- */

typedef struct choice {
    uint32_t reports, words, index;
} choice;

static int by_weight(const void *a, const void *b)
{
    const choice *x = a, *y = b;
    if (x->reports != y->reports)
        return x->reports > y->reports ? -1 : 1;
    if (x->words != y->words)
        return x->words > y->words ? -1 : 1;
    return x->index < y->index ? -1 : x->index > y->index;
}

static int by_place(const void *a, const void *b)
{
    const choice *x = a, *y = b;
    return x->index < y->index ? -1 : x->index > y->index;
}

static bool is_shown(const dsr_paint *paint, const dsr_story_quote *quote)
{
    return paint->look.all || quote->kind != DSR_QUOTE_INDIRECT;
}

/* The quotations from `from` to `to` that are shown, those that the most reports have and the longest of
 * them, in order of time. `choices` has room for all. */
static size_t choose(const dsr_paint *paint, const dsr_page *page, size_t from, size_t to, choice *choices)
{
    size_t count = 0;
    for (size_t i = from; i < to; i++) {
        const dsr_story_quote *quote = &page->story->quotes.items[i];
        if (is_shown(paint, quote))
            choices[count++] = (choice){quote->reports, quote->words, (uint32_t)i};
    }
    bool known = page->story->quotes.items[from].speaker_name.len > 0;
    size_t most = known ? QUOTES_LISTED : NOBODYS_LISTED;
    if (paint->look.all || count <= most)
        return count;
    qsort(choices, count, sizeof *choices, by_weight);
    qsort(choices, most, sizeof *choices, by_place);
    return most;
}

static void paint_speaker(dsr_paint *paint, const dsr_page *page, const dsr_story_quote *quote)
{
    if (quote->speaker_name.len == 0) {
        dsr_paint_toned(paint, DSR_TONE_QUIET, DSR_SLICE("not known who"));
    } else {
        dsr_paint_tone(paint, quote->speaker_entity.len > 0 ? DSR_TONE_TITLE : DSR_TONE_PLAIN);
        dsr_slice name = dsr_paint_head(quote->speaker_name, paint->look.width / 2);
        dsr_paint_text(paint, name);
        if (name.len < quote->speaker_name.len)
            dsr_paint_print(paint, "\xe2\x80\xa6");
    }
    dsr_paint_tone(paint, DSR_TONE_QUIET);
    if (quote->speaker < page->story->cast.count) {
        const dsr_cast_entry *entry = &page->story->cast.items[quote->speaker];
        dsr_slice role = entry->roles.count > 0 ? entry->roles.items[0].text : DSR_SLICE("");
        dsr_slice head = dsr_paint_head(role, ROLE_COLUMNS);
        if (head.len > 0)
            dsr_paint_pad(paint, GAP);
        dsr_paint_text(paint, head);
        if (head.len < role.len)
            dsr_paint_print(paint, "\xe2\x80\xa6");
        if (head.len > 0)
            dsr_paint_cite(paint, &page->sides[entry->roles.items[0].report],
                           entry->roles.items[0].span.start);
    }
    dsr_paint_end(paint, (dsr_layout){AT_SPEAKER, AT_SPEAKER + DEEPER, 2});
}

static bool is_one_speaker(const dsr_story_quote *a, const dsr_story_quote *b)
{
    if (a->speaker_entity.len > 0 || b->speaker_entity.len > 0)
        return dsr_slice_equal(a->speaker_entity, b->speaker_entity) && a->speaker == b->speaker;
    return dsr_slice_equal_nocase(a->speaker_name, b->speaker_name);
}

static void paint_more(dsr_paint *paint, size_t more)
{
    if (more == 0)
        return;
    dsr_paint_tone(paint, DSR_TONE_QUIET);
    dsr_paint_print(paint, "\xe2\x80\xa6 and %zu more", more);
    dsr_paint_end(paint, (dsr_layout){AT_QUOTE, AT_QUOTE, 0});
}

/* "... and 3 more by others, 40 in indirect speech; --all shows them" */
static void paint_unshown(dsr_paint *paint, const dsr_page *page, size_t by_others)
{
    size_t indirect = 0;
    for (size_t i = 0; i < page->story->quotes.count; i++)
        indirect += !is_shown(paint, &page->story->quotes.items[i]);
    if (by_others + indirect == 0)
        return;
    dsr_paint_tone(paint, DSR_TONE_QUIET);
    dsr_paint_print(paint, "\xe2\x80\xa6 and ");
    if (by_others > 0)
        dsr_paint_print(paint, "%zu more by others", by_others);
    if (indirect > 0)
        dsr_paint_print(paint, "%s%zu in indirect speech", by_others > 0 ? ", " : "", indirect);
    dsr_paint_print(paint, "; --all shows them");
    dsr_paint_end(paint, (dsr_layout){AT_SPEAKER, AT_SPEAKER + DEEPER, 0});
}

/* Those of them that this look shows at all. */
static size_t count_shown(const dsr_paint *paint, const dsr_page *page, size_t from, size_t to)
{
    size_t shown = 0;
    for (size_t i = from; i < to; i++)
        shown += is_shown(paint, &page->story->quotes.items[i]);
    return shown;
}

/* Speakers one after the other; returns how many quotations were left out with their speakers. */
static size_t paint_speakers(dsr_paint *paint, const dsr_page *page, choice *choices)
{
    const dsr_story *story = page->story;
    size_t speakers = 0, unshown = 0;
    for (size_t from = 0, to; from < story->quotes.count; from = to) {
        const dsr_story_quote *first = &story->quotes.items[from];
        for (to = from + 1; to < story->quotes.count && is_one_speaker(first, &story->quotes.items[to]);)
            to++;
        size_t count = choose(paint, page, from, to, choices);
        if (count == 0 || (!paint->look.all && speakers == SPEAKERS_LISTED)) {
            unshown += count_shown(paint, page, from, to);
            continue;
        }
        speakers++;
        paint_speaker(paint, page, first);
        for (size_t i = 0; i < count; i++)
            paint_quote(paint, page, &story->quotes.items[choices[i].index]);
        paint_more(paint, count_shown(paint, page, from, to) - count);
    }
    return unshown;
}

void dsr_page_said(dsr_paint *paint, const dsr_page *page)
{
    const dsr_story *story = page->story;
    if (count_shown(paint, page, 0, story->quotes.count) == 0)
        return;
    choice *choices = dsr_arena_alloc_array(page->arena, story->quotes.count, sizeof *choices);
    if (choices == NULL) {
        dsr_paint_fail(paint, DSR_ERR_MEMORY);
        return;
    }
    dsr_paint_heading(paint, "WHO SAID WHAT",
                      story->reports.count > 1 ? "by speaker; cuts stand under the fullest version"
                                               : "by speaker");
    size_t unshown = paint_speakers(paint, page, choices);
    paint_unshown(paint, page, unshown);
}
