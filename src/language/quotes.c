/* Which quotation marks belong together. A machine over the marks of one paragraph; what opened and never
 * closed leads on to the next. Knows nothing of speakers. */
#include "base/limits.h"
#include "language/chars.h"
#include "language/language.h"
#include "language/paragraphs.h"
#include "language/quote_kind.h"
#include "language/quote_marks.h"
#include "language/stops.h"

enum {
    MARKS_AT_ONCE = 1 << 16, /* marks of one paragraph that are held in memory */
    NEST_MARKS = 64,         /* marks among which the end of a nested quotation is looked for */
    NEST_DEPTH = 8,          /* quotations within quotations */
    SINGLE_BYTES = 2048,     /* a quotation in single marks is no longer than this */
    SPAN_PARAGRAPHS = 8,     /* paragraphs without any mark in the middle of one quotation */
    SPLIT_BYTES = 120,       /* the attribution between the two parts of a split quotation */
    SCARE_WORDS = 3,
    TAIL_WORDS = 8 /* of who says words that are never closed, and the verb */
};

typedef struct pairing {
    dsr_arena *arena;
    const dsr_lexicon *lexicon;
    dsr_slice language;
    dsr_slice text;
    const dsr_report *report; /* for its sentences */
    dsr_paragraphs paragraphs;
    size_t paragraph;  /* the present one's index */
    size_t start, end; /* and its span, or what of it is looked at now */
    bool heading;
    dsr_marks marks;
    struct {
        bool some;        /* a quotation is open at the end of an earlier paragraph */
        size_t paragraph; /* where it was open last */
        size_t at;        /* where it opened first */
        uint8_t family;
        uint32_t quotation;
    } pending;
    uint32_t continues; /* number of the quotation that the next one goes on with; 0: none */
    uint32_t quotations;
    size_t sentence;      /* cursor into the report's sentences */
    size_t cue_known_for; /* key of the sentence of which has_cue tells; 0: none */
    bool has_cue;
    DSR_LIST(dsr_quote) out;
    dsr_status status;
} pairing;

/* ---- what a quotation is ---- */

static bool range_has_cue(const pairing *p, size_t at, size_t end)
{
    while (at < end) {
        dsr_char c = dsr_char_at(p->text, at);
        if (c.kind != DSR_CHAR_LETTER) {
            at += c.length;
            continue;
        }
        size_t stop = dsr_skip_word(p->text, at, end);
        bool hyphened = dsr_char_before(p->text, at).kind == DSR_CHAR_DASH; /* "so-called" is no verb */
        if (!hyphened && dsr_is_cue(p->lexicon, p->language, dsr_slice_part(p->text, at, stop))) {
            return true;
        }
        at = stop;
    }
    return false;
}

/* The sentence of `at`, or the paragraph where no sentence is known; *key tells sentences apart. */
static dsr_span sentence_of(pairing *p, size_t at, size_t *key)
{
    const dsr_report *report = p->report;
    while (p->sentence < report->sentences.count && report->sentences.items[p->sentence].end <= at) {
        p->sentence++;
    }
    if (p->sentence < report->sentences.count && report->sentences.items[p->sentence].start <= at) {
        *key = p->sentence + 1;
        return report->sentences.items[p->sentence];
    }
    *key = report->sentences.count + p->paragraph + 1;
    return (dsr_span){(uint32_t)p->start, (uint32_t)p->end};
}

/* A few words inside a sentence in which nobody speaks. Each sentence is looked through once. */
static bool is_scare(pairing *p, size_t start, size_t end, dsr_slice content)
{
    if (p->heading || dsr_count_words(content, SCARE_WORDS + 1) > SCARE_WORDS) {
        return false;
    }
    size_t key;
    dsr_span sentence = sentence_of(p, start, &key);
    if (sentence.start == start && sentence.end <= end) {
        return false; /* "Never." */
    }
    if (p->cue_known_for != key) {
        p->has_cue = range_has_cue(p, sentence.start, sentence.end);
        p->cue_known_for = key;
    }
    return !p->has_cue;
}

static dsr_quote_kind kind_of(pairing *p, size_t start, size_t end, dsr_slice content)
{
    if (is_scare(p, start, end, content)) {
        return DSR_QUOTE_SCARE;
    }
    return dsr_is_clause(p->lexicon, p->language, content) ? DSR_QUOTE_DIRECT : DSR_QUOTE_PARTIAL;
}

/* Two parts of one quotation: "We will," he said, "not go." The first ends with a comma, a verb of speech and
 * no sentence's end stand between. */
static bool is_split(const pairing *p, size_t start)
{
    if (p->out.count == 0) {
        return false;
    }
    size_t end = p->out.items[p->out.count - 1].span.end;
    if (end < p->start || start - end > SPLIT_BYTES || start <= end + 3) {
        return false;
    }
    size_t last = end - dsr_char_before(p->text, end).length;
    bool comma =
        dsr_char_before(p->text, last).code_point == ',' || dsr_char_at(p->text, end).code_point == ',';
    size_t before = dsr_skip_space_back(p->text, start, end);
    uint32_t lead = dsr_char_before(p->text, before).code_point;
    if (!comma || (lead != ',' && lead != ':' && lead != 0x2014 && lead != 0x2013)) {
        return false;
    }
    return range_has_cue(p, end, start);
}

static uint32_t number_for(pairing *p, size_t start)
{
    uint32_t number = p->continues;
    if (number == 0) {
        bool split = is_split(p, start);
        number = split ? p->out.items[p->out.count - 1].quotation : ++p->quotations;
    }
    p->continues = 0;
    return number;
}

/* Adds text[start, end); its content begins `skip` bytes later and ends at `content_end`. */
static uint32_t add(pairing *p, size_t start, size_t end, size_t skip, size_t content_end)
{
    dsr_slice content = dsr_slice_part(p->text, start + skip, content_end);
    if (p->status != DSR_OK || dsr_count_words(content, 1) == 0) {
        return 0;
    }
    p->status = DSR_LIST_RESERVE(p->arena, &p->out, 1);
    if (p->status != DSR_OK) {
        return 0;
    }
    dsr_quote quote = {.span = {(uint32_t)start, (uint32_t)end}, .entity = DSR_NO_ENTITY};
    quote.kind = kind_of(p, start, end, content);
    quote.quotation = number_for(p, start);
    p->out.items[p->out.count++] = quote;
    return quote.quotation;
}

/* ---- pairs ---- */

enum { NOWHERE = 0 }; /* no mark closes at index 0: something opened before it */

typedef struct search {
    size_t close; /* index of the closing mark, or NOWHERE */
    size_t stop;  /* where not found: index of the mark at which another quotation begins, or the number of
                     marks */
} search;

static bool opens_only(const dsr_mark *m)
{
    return m->opens && !m->closes;
}

static bool closes_only(const dsr_mark *m)
{
    return m->closes && !m->opens;
}

static bool is_low(uint32_t cp)
{
    return cp == 0x201e || cp == 0x201a;
}

/* Marks of the curly family that open by their form, unless they stand as a closing mark does. */
static bool opens_by_form(const dsr_mark *m)
{
    return m->family == DSR_MARK_CURLY && m->code_point != 0x201d && m->code_point != 0x301e &&
           m->code_point != 0x301f && !closes_only(m);
}

static bool opens_inside(const dsr_mark *m)
{
    return m->family == DSR_MARK_STRAIGHT ? opens_only(m) : opens_by_form(m);
}

/* Whether the mark at `at`, which opens inside an open quotation of its family, and that one both close. */
static bool is_nested(const dsr_marks *marks, size_t at)
{
    unsigned depth = 1;
    for (size_t i = at; i < marks->count && i - at < NEST_MARKS; i++) {
        const dsr_mark *m = &marks->items[i];
        if (m->family != marks->items[at].family) {
            continue;
        }
        if (opens_inside(m)) {
            depth++;
        } else if (--depth == 0) {
            return true;
        }
    }
    return false;
}

/* The closing mark of a straight double mark. */
static search close_straight(const pairing *p, size_t open)
{
    unsigned depth = 0, curly = 0;
    for (size_t i = open + 1; i < p->marks.count; i++) {
        const dsr_mark *m = &p->marks.items[i];
        if (m->family == DSR_MARK_STRAIGHT) {
            if (opens_only(m) && depth == 0 && !is_nested(&p->marks, i)) {
                return (search){NOWHERE, i};
            }
            if (opens_only(m)) {
                depth++;
            } else if (depth-- == 0) {
                return (search){i, 0};
            }
        } else if (m->family == DSR_MARK_CURLY && opens_by_form(m)) {
            curly++;
        } else if (m->family == DSR_MARK_CURLY && curly > 0) {
            curly--;
        } else if (m->family == DSR_MARK_CURLY && m->closes && depth == 0) {
            return (search){i, 0};
        }
    }
    return (search){NOWHERE, p->marks.count};
}

/* The closing mark of a typographic double mark. */
static search close_curly(const pairing *p, size_t open)
{
    const dsr_marks *marks = &p->marks;
    bool low = is_low(marks->items[open].code_point);
    unsigned depth = 0;
    bool straight = false; /* a pair of straight marks is open inside */
    for (size_t i = open + 1; i < marks->count; i++) {
        const dsr_mark *m = &marks->items[i];
        if (m->family == DSR_MARK_STRAIGHT) {
            if (!straight && !opens_only(m) && depth == 0) {
                return (search){i, 0};
            }
            straight = opens_only(m);
            continue;
        }
        if (m->family != DSR_MARK_CURLY) {
            continue;
        }
        bool opens = opens_by_form(m);
        if (low && m->code_point == 0x201c && !opens_only(m)) {
            opens = false;
        } else if (!opens && opens_only(m) && depth == 0) {
            return (search){NOWHERE, i}; /* a wrong-way mark opens another */
        }
        if (opens && depth == 0 && !is_nested(marks, i)) {
            return (search){NOWHERE, i};
        }
        if (opens) {
            depth++;
        } else if (depth-- == 0) {
            return (search){i, 0};
        }
    }
    return (search){NOWHERE, marks->count};
}

/* The closing mark of a guillemet or corner bracket: the opposite one. */
static search close_paired(const pairing *p, size_t open)
{
    const dsr_mark *o = &p->marks.items[open];
    unsigned depth = 0;
    for (size_t i = open + 1; i < p->marks.count; i++) {
        const dsr_mark *m = &p->marks.items[i];
        if (m->family != o->family) {
            continue;
        }
        /* corner brackets come in pairs that differ by one, the opening one even or odd by its block */
        bool same = m->code_point == o->code_point;
        bool other = o->family == DSR_MARK_GUILLEMET ? !same : m->code_point == o->code_point + 1;
        if (same && closes_only(m) && o->family == DSR_MARK_GUILLEMET) {
            return (search){i, 0}; /* »so schreibt man auch in Finnland» */
        }
        if (m->at - o->at > DSR_LIMIT_QUOTE_BYTES || depth > NEST_DEPTH) {
            return (search){NOWHERE, open + 1};
        }
        if (same) {
            depth++;
        } else if (other && depth-- == 0) {
            return (search){i, 0};
        }
    }
    return (search){NOWHERE, p->marks.count};
}

static bool single_matches(uint32_t open, uint32_t close)
{
    switch (open) {
    case 0x201a:
        return close == 0x2018 || close == 0x2019 || close == '\'';
    case 0x2039:
        return close == 0x203a;
    case 0x203a:
        return close == 0x2039;
    default:
        return close == '\'' || close == 0x2019 || close == 0x2018;
    }
}

/* The closing mark of a single mark: the first that stands as one and is no apostrophe; an apostrophe that
 * may be a plural's only where there is no better one. Double marks between them must come in pairs. */
static search close_single(const pairing *p, size_t open)
{
    const dsr_mark *o = &p->marks.items[open];
    size_t weak = NOWHERE;
    unsigned doubles = 0;
    for (size_t i = open + 1; i < p->marks.count; i++) {
        const dsr_mark *m = &p->marks.items[i];
        if (m->at - o->at > SINGLE_BYTES) {
            break;
        }
        if (m->family != DSR_MARK_SINGLE) {
            doubles++;
            continue;
        }
        if (opens_only(m) && !m->elision && m->code_point != 0x2019) {
            break;
        }
        if (!m->closes || m->elision || !single_matches(o->code_point, m->code_point) || doubles % 2) {
            continue;
        }
        bool after_elision =
            i > 0 && p->marks.items[i - 1].elision && i - 1 > open && m->at - p->marks.items[i - 1].at < 8;
        if (after_elision) {
            continue; /* rock 'n' roll */
        }
        if (!m->possessive) {
            return (search){i, 0};
        }
        weak = weak == NOWHERE ? i : weak;
    }
    return (search){weak, p->marks.count};
}

static bool may_open(const pairing *p, size_t i)
{
    const dsr_mark *m = &p->marks.items[i];
    switch ((dsr_mark_family)m->family) {
    case DSR_MARK_SINGLE:
        return m->opens && !m->elision;
    case DSR_MARK_STRAIGHT:
        return !closes_only(m);
    case DSR_MARK_CURLY:
        /* a wrong-way mark opens by how it stands; at a paragraph's beginning even before a blank: ” ... he
         * said” */
        return opens_by_form(m) || opens_only(m) || (m->at == p->start && !m->closes);
    case DSR_MARK_GUILLEMET:
        return !closes_only(m);
    case DSR_MARK_CORNER:
        return m->code_point == 0x300c || m->code_point == 0x300e || m->code_point == 0xff62;
    default:
        return false;
    }
}

static search find_close(const pairing *p, size_t open)
{
    search found;
    switch ((dsr_mark_family)p->marks.items[open].family) {
    case DSR_MARK_SINGLE:
        return close_single(p, open);
    case DSR_MARK_STRAIGHT:
        found = close_straight(p, open);
        break;
    case DSR_MARK_CURLY:
        found = close_curly(p, open);
        break;
    case DSR_MARK_GUILLEMET:
    case DSR_MARK_CORNER:
    default:
        found = close_paired(p, open);
        break;
    }
    const dsr_mark *o = &p->marks.items[open];
    if (found.close != NOWHERE && p->marks.items[found.close].at - o->at > DSR_LIMIT_QUOTE_BYTES) {
        return (search){NOWHERE, open + 1};
    }
    return found;
}

/* ---- marks that never close ---- */

/* A single mark written for a double one behind a comma or stop: “We will go,' he said. Its index, or
 * NOWHERE. */
static size_t find_slip(const pairing *p, size_t open, size_t stop)
{
    for (size_t i = open + 1; i < stop; i++) {
        const dsr_mark *m = &p->marks.items[i];
        dsr_char left = dsr_char_before(p->text, m->at);
        bool ends = left.code_point == ',' || left.kind == DSR_CHAR_STOP;
        if (m->family == DSR_MARK_SINGLE && closes_only(m) && ends) {
            return i;
        }
    }
    return NOWHERE;
}

static void take_pair(pairing *p, size_t open, size_t close)
{
    const dsr_mark *o = &p->marks.items[open], *c = &p->marks.items[close];
    add(p, o->at, c->at + c->length, o->length, c->at);
}

/* Who may stand beside a verb of speech outside the words: a name, "the mayor", "he"; in them it is mostly "I
 * think", "you know", "they say". */
static bool may_speak(dsr_slice word)
{
    static const char *const words[] = {"he", "she", "the", "a", "an"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (dsr_slice_equal(word, dsr_slice_of(words[i]))) {
            return true;
        }
    }
    return word.len > 1 && dsr_char_is_upper(dsr_char_at(word, 0).code_point);
}

/* Whether ", said Ann Lee." or ", the mayor said." stands at a comma: a verb of speech first or last, beside
 * who may speak, and the end of the sentence behind them. */
static bool is_attribution(const pairing *p, size_t comma)
{
    dsr_slice words[TAIL_WORDS];
    size_t count = 0;
    size_t at = comma + 1;
    while (count < TAIL_WORDS && dsr_skip_space(p->text, at, p->end) > at) {
        at = dsr_skip_space(p->text, at, p->end);
        size_t stop = at < p->end ? dsr_skip_word(p->text, at, p->end) : at;
        if (stop == at) {
            return false;
        }
        words[count++] = dsr_slice_part(p->text, at, stop);
        at = stop;
    }
    bool ends = at >= p->end || dsr_char_at(p->text, at).kind == DSR_CHAR_STOP;
    if (!ends || count < 2) {
        return false;
    }
    bool first = dsr_is_cue(p->lexicon, p->language, words[0]) && may_speak(words[1]);
    bool last = dsr_is_cue(p->lexicon, p->language, words[count - 1]) && may_speak(words[0]);
    return first || last;
}

/* Takes words that are never closed up to the comma before who says them, where somebody does before `end`.
 */
static bool take_to_attribution(pairing *p, size_t open, size_t end)
{
    const dsr_mark *o = &p->marks.items[open];
    size_t from = o->at + o->length;
    end = end < from + DSR_LIMIT_QUOTE_BYTES ? end : from + DSR_LIMIT_QUOTE_BYTES;
    for (size_t at = from; o->opens && at < end; at++) {
        if (p->text.ptr[at] == ',' && is_attribution(p, at)) {
            add(p, o->at, at + 1, o->length, at + 1);
            return true;
        }
    }
    return false;
}

/* Runs to the end of the paragraph, where it opened clearly. */
static void take_unclosed(pairing *p, size_t open)
{
    const dsr_mark *o = &p->marks.items[open];
    bool single = o->family == DSR_MARK_SINGLE;
    bool clear = o->opens && dsr_char_at(p->text, o->at + o->length).kind == DSR_CHAR_LETTER;
    clear |= o->family != DSR_MARK_SINGLE && o->opens && o->at == p->start;
    if (!clear || (single && !p->heading) || p->end - o->at > DSR_LIMIT_QUOTE_BYTES) {
        return;
    }
    uint32_t continues = p->continues;
    uint32_t number = add(p, o->at, p->end, o->length, p->end);
    if (number && !single) {
        p->pending.at = continues == number ? p->pending.at : o->at;
        p->pending.some = true;
        p->pending.paragraph = p->paragraph;
        p->pending.family = o->family;
        p->pending.quotation = number;
    }
}

/* The quotation whose opening mark has the index `open`; returns the index of the next mark to look at. */
static size_t read_quotation(pairing *p, size_t open)
{
    search found = find_close(p, open);
    if (found.close != NOWHERE) {
        take_pair(p, open, found.close);
        return found.close + 1;
    }
    if (p->marks.items[open].family == DSR_MARK_SINGLE) {
        if (p->heading && found.stop == p->marks.count && open + 1 == p->marks.count) {
            take_unclosed(p, open);
        }
        return open + 1;
    }
    size_t slip = find_slip(p, open, found.stop);
    if (slip != NOWHERE) {
        take_pair(p, open, slip);
        return slip + 1;
    }
    size_t end = found.stop < p->marks.count ? p->marks.items[found.stop].at : p->end;
    if (take_to_attribution(p, open, end)) {
        return found.stop;
    }
    if (found.stop == p->marks.count) {
        take_unclosed(p, open);
        return found.stop;
    }
    return open + 1;
}

/* ---- paragraphs ---- */

/* A quotation is open from earlier paragraphs: does it go on here? Returns the index of the mark to begin
 * with. */
static size_t resume(pairing *p)
{
    size_t first = 0;
    while (first < p->marks.count && p->marks.items[first].family == DSR_MARK_SINGLE) {
        first++;
    }
    bool near = p->paragraph - p->pending.paragraph <= SPAN_PARAGRAPHS &&
                p->end - p->pending.at <= DSR_LIMIT_QUOTE_BYTES;
    if (first == p->marks.count) {
        p->pending.some = near && !p->heading;
        return 0;
    }
    const dsr_mark *m = &p->marks.items[first];
    p->pending.some = false;
    if (m->at == p->start && may_open(p, first) && p->paragraph == p->pending.paragraph + 1) {
        p->continues = p->pending.quotation; /* opened again, as is the custom */
        return first;
    }
    if (!near || !closes_only(m) || (m->family != p->pending.family && m->family == DSR_MARK_GUILLEMET)) {
        return 0;
    }
    for (size_t i = p->pending.paragraph + 1; i < p->paragraph; i++) {
        dsr_span span = p->paragraphs.items[i].span;
        p->continues = p->pending.quotation;
        add(p, span.start, span.end, 0, span.end);
    }
    p->continues = p->pending.quotation;
    add(p, p->start, m->at + m->length, 0, m->at);
    return first + 1;
}

static void pair_stretch(pairing *p)
{
    size_t i = p->pending.some ? resume(p) : 0;
    while (i < p->marks.count && p->status == DSR_OK) {
        i = may_open(p, i) ? read_quotation(p, i) : i + 1;
    }
    p->continues = 0;
}

static void pair_paragraph(pairing *p, const dsr_paragraph *paragraph)
{
    size_t reached = paragraph->span.start;
    p->heading = paragraph->heading;
    while (p->status == DSR_OK && reached < paragraph->span.end) {
        p->start = reached;
        p->end = paragraph->span.end;
        p->status = dsr_marks_collect(p->arena, p->text, (dsr_span){(uint32_t)p->start, (uint32_t)p->end},
                                      MARKS_AT_ONCE, &p->marks, &reached);
        p->end = reached;
        if (p->status == DSR_OK && (p->marks.count > 0 || p->pending.some)) {
            pair_stretch(p);
        }
    }
}

dsr_status dsr_language_find_quotes(dsr_arena *arena, const dsr_lexicon *lexicon, dsr_report *report)
{
    pairing p = {.arena = arena, .lexicon = lexicon, .text = report->text, .report = report};
    p.language = dsr_language_of_lists(report->meta.language);
    p.status = dsr_paragraphs_find(arena, report, &p.paragraphs);
    for (; p.paragraph < p.paragraphs.count && p.status == DSR_OK; p.paragraph++) {
        pair_paragraph(&p, &p.paragraphs.items[p.paragraph]);
    }
    if (p.status == DSR_OK) {
        report->quotes.items = p.out.items;
        report->quotes.count = p.out.count;
        report->quotes.capacity = p.out.capacity;
    }
    return p.status;
}
