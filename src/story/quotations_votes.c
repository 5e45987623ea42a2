/* Who said it, when, through what and to whom, as the reports of a story agree. Must not know how they quote
 * it. */
#include "base/utf8.h"
#include "story/quotations_parts.h"

#include <stdlib.h>

enum {
    LOW = 500,          /* thousandths: what a report is less sure of, it takes over from others */
    UNNAMED_WORTH = 2,  /* "a spokesman" counts half of a name */
    TOLD_NEAR = 60,     /* bytes between the verb of speech and the time that tells when */
    QUOTES_BEFORE = 16, /* of which one may hold a time */
    RIGHT_BESIDE = 6,   /* bytes: "said in 2013" */
    ISO_DAY = 10
};

/* ---- the speaker ---- */

typedef struct ballot {
    uint32_t who, report, confidence;
} ballot;

static int compare_ballots(const void *x, const void *y)
{
    const ballot *a = x;
    const ballot *b = y;
    if (a->who != b->who) {
        return a->who < b->who ? -1 : 1;
    }
    if (a->report != b->report) {
        return a->report < b->report ? -1 : 1;
    }
    return a->confidence > b->confidence ? -1 : a->confidence < b->confidence;
}

/* A report votes once for each whom it names, as sure as it is. People are numbered in the order in which the
 * story names them: of equals the first wins. */
dsr_status dsr_quotations_elect(const dsr_quotations *q, dsr_said_group group, dsr_said_winner *out)
{
    ballot *ballots = dsr_arena_alloc_array(q->scratch, group.count, sizeof *ballots);
    size_t count = 0;
    if (ballots == NULL) {
        return DSR_ERR_MEMORY;
    }
    for (size_t i = 0; i < group.count; i++) {
        const dsr_said_item *item = &q->items.items[group.items[i]];
        if (item->who != DSR_SAID_NOBODY) {
            uint32_t confidence = dsr_quotations_quote(q, item)->confidence;
            ballots[count++] = (ballot){item->who, item->report, confidence};
        }
    }
    qsort(ballots, count, sizeof *ballots, compare_ballots);
    dsr_said_winner best = {.who = DSR_SAID_NOBODY};
    for (size_t i = 0; i < count;) {
        dsr_said_winner now = {.who = ballots[i].who};
        size_t from = i;
        for (; i < count && ballots[i].who == now.who; i++) {
            if (i > from && ballots[i].report == ballots[i - 1].report) {
                continue;
            }
            now.reports++;
            now.weight += ballots[i].confidence + 1;
            now.confidence = ballots[i].confidence > now.confidence ? ballots[i].confidence : now.confidence;
        }
        now.weight /= q->people.items[now.who].named ? 1 : UNNAMED_WORTH;
        best = best.who == DSR_SAID_NOBODY || now.weight > best.weight ? now : best;
    }
    *out = best;
    return DSR_OK;
}

/* Takes the next word off *rest. */
static bool next_word(dsr_slice *rest, dsr_slice *word)
{
    *rest = dsr_slice_trim(*rest);
    return rest->len > 0 && dsr_slice_next_field(rest, ' ', word);
}

/* Whether all words of the shorter name stand in the other: "Williams" and "Jo D. Williams" differ, but are
 * no two people where both say the same. */
static bool may_be_one(dsr_slice a, dsr_slice b)
{
    dsr_slice shorter = a.len <= b.len ? a : b;
    dsr_slice longer = a.len <= b.len ? b : a;
    dsr_slice word;
    dsr_slice other = DSR_SLICE_NONE;
    while (next_word(&shorter, &word)) {
        do {
            if (!next_word(&longer, &other)) {
                return false;
            }
        } while (!dsr_slice_equal_nocase(word, other));
    }
    return true;
}

/* What the speaker rests on, where several reports have the words. */
static dsr_status explain(dsr_arena *arena, const dsr_said_winner *won, uint32_t others, dsr_story_quote *out)
{
    if (out->reports < 2) {
        return DSR_OK;
    }
    const char *verb = won->reports == 1 ? "says" : "say";
    if (others > 0) {
        return dsr_arena_format(arena, &out->why, "%u of %u reports %s so, %u otherwise", won->reports,
                                out->reports, verb, others);
    }
    return dsr_arena_format(arena, &out->why, "%u of %u reports %s so", won->reports, out->reports, verb);
}

/* Whether an item is fairly sure of somebody else. "A spokesman" may be whoever the others name. */
static bool is_other(const dsr_quotations *q, const dsr_said_item *item, uint32_t who)
{
    return item->who != DSR_SAID_NOBODY && item->who != who && q->people.items[item->who].named &&
           dsr_quotations_quote(q, item)->confidence >= LOW &&
           !may_be_one(q->people.items[item->who].name, q->people.items[who].name);
}

const dsr_said_item *dsr_quotations_base(const dsr_quotations *q, dsr_said_group group, uint32_t who)
{
    const dsr_said_item *base = NULL;
    for (size_t i = 0; i < group.count; i++) {
        const dsr_said_item *item = &q->items.items[group.items[i]];
        bool other = who != DSR_SAID_NOBODY && is_other(q, item, who);
        if (!other && (base == NULL || dsr_quotations_is_fuller(q, item, base))) {
            base = item;
        }
    }
    return base; /* who was elected says one of them */
}

typedef struct opposition {
    uint32_t reports;
    uint64_t weight;
} opposition;

/* The reports that name somebody else and not the winner. Items are in the order of the reports. */
static opposition count_others(const dsr_quotations *q, dsr_said_group group, const dsr_said_winner *won)
{
    opposition others = {0, 0};
    for (size_t i = 0; i < group.count;) {
        uint32_t report = q->items.items[group.items[i]].report;
        uint32_t weight = 0;
        bool other = false;
        bool same = false;
        for (; i < group.count && q->items.items[group.items[i]].report == report; i++) {
            const dsr_said_item *item = &q->items.items[group.items[i]];
            same = same || item->who == won->who;
            if (is_other(q, item, won->who)) {
                uint32_t sure = dsr_quotations_quote(q, item)->confidence + 1u;
                weight = sure > weight ? sure : weight;
                other = true;
            }
        }
        others.reports += other && !same;
        others.weight += other && !same ? weight : 0;
    }
    return others;
}

static dsr_status vote_speaker(dsr_quotations *q, dsr_said_group group, const dsr_said_winner *won,
                               dsr_story_quote *out)
{
    out->speaker = DSR_NO_ENTITY;
    if (won->who == DSR_SAID_NOBODY) {
        return DSR_OK;
    }
    const dsr_said_who *who = &q->people.items[won->who];
    opposition others = count_others(q, group, won);
    out->speaker = who->cast;
    out->speaker_name = who->name;
    out->speaker_entity = who->entity;
    /* Who is contradicted is as sure as the share of what speaks for it. */
    uint64_t all = won->weight + others.weight;
    out->confidence = (uint16_t)(others.weight > 0 ? won->confidence * won->weight / all : won->confidence);
    for (size_t i = 0; i < out->variants.count; i++) {
        dsr_quote_variant *variant = &out->variants.items[i];
        bool same = dsr_slice_equal(variant->speaker, who->name);
        variant->taken_over = !same && (variant->speaker.ptr == NULL || variant->confidence < LOW);
        variant->otherwise =
            !same && !variant->taken_over && variant->named && !may_be_one(variant->speaker, who->name);
    }
    return explain(q->arena, won, others.reports, out);
}

/* ---- the day ---- */

static bool is_iso(dsr_slice value)
{
    for (size_t i = 0; i < value.len; i++) {
        bool dash = i == 4 || i == 7;
        if (dash ? value.ptr[i] != '-' : value.ptr[i] < '0' || value.ptr[i] > '9') {
            return false;
        }
    }
    return value.len == 4 || value.len == 7 || value.len == ISO_DAY;
}

/* The sentence of a place; an empty span where none has it. */
static dsr_span sentence_at(const dsr_report *report, uint32_t at)
{
    size_t low = 0;
    size_t high = report->sentences.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (report->sentences.items[middle].end <= at) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    bool found = low < report->sentences.count && report->sentences.items[low].start <= at;
    return found ? report->sentences.items[low] : (dsr_span){0, 0};
}

/* Whether a time stands in what is quoted, or belongs to a thing ("Monday's talks"). */
static bool tells_no_day(const dsr_report *report, const dsr_time *time, uint32_t sentence)
{
    size_t low = 0;
    size_t high = report->quotes.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (report->quotes.items[middle].span.start <= time->span.start) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    for (size_t i = low; i > 0 && i + QUOTES_BEFORE > low; i--) {
        const dsr_quote *quote = &report->quotes.items[i - 1];
        if (quote->span.start >= sentence && quote->span.end > time->span.start) {
            return true;
        }
    }
    size_t length = 1;
    dsr_slice rest = dsr_slice_part(report->text, time->span.end, report->text.len);
    uint32_t c = rest.len > 0 ? dsr_utf8_decode(rest.ptr, rest.ptr + rest.len, &length) : 0;
    return c == '\'' || c == 0x2019;
}

static uint32_t gap(dsr_span a, dsr_span b)
{
    return a.start >= b.end ? a.start - b.end : b.start >= a.end ? b.start - a.end : 0;
}

/* The first time that ends behind a place. */
static size_t first_time(const dsr_report *report, uint32_t at)
{
    size_t low = 0;
    size_t high = report->times.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (report->times.items[middle].span.end <= at) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* How far a time is from what tells that somebody speaks. */
static uint32_t distance(const dsr_quote *quote, dsr_span told, dsr_span time)
{
    uint32_t away = gap(time, told);
    bool heard = quote->audience.end > quote->audience.start && gap(quote->audience, told) <= TOLD_NEAR;
    return heard && gap(time, quote->audience) < away ? gap(time, quote->audience) : away;
}

/* Months and years are rather those of what is told of. */
static bool may_tell(const dsr_time *time, uint32_t away)
{
    bool day = time->type == DSR_TIME_DATE || time->type == DSR_TIME_TIME;
    return day && time->earliest != DSR_NO_DAY && (time->value.len >= ISO_DAY || away <= RIGHT_BESIDE);
}

/* Whether the words around the speaker are those that tell of this quotation: he stands right beside it where
 * no verb of speech was found. */
static bool is_told_here(const dsr_quote *quote)
{
    bool far = quote->how == DSR_SAID_NEAR && gap(quote->span, quote->speaker) > RIGHT_BESIDE;
    return !far && quote->how != DSR_SAID_GOES_ON && quote->how != DSR_SAID_BODY;
}

/* When a report says that it was said: the time in the sentence of the verb of speech that is nearest to it.
 * Only the few times close to it are looked at. */
static const dsr_time *find_day(const dsr_report *report, const dsr_quote *quote)
{
    dsr_span told = quote->cue.end > quote->cue.start ? quote->cue : quote->speaker;
    dsr_span sentence = sentence_at(report, told.start);
    const dsr_time *best = NULL;
    uint32_t nearest = TOLD_NEAR + 1;
    if (!is_told_here(quote) || told.end == told.start || sentence.end == sentence.start) {
        return NULL;
    }
    uint32_t reach = 3 * TOLD_NEAR; /* a time may stand behind the audience, that behind the verb */
    uint32_t from = told.start > sentence.start + reach ? told.start - reach : sentence.start;
    uint32_t to = told.end + reach < sentence.end ? told.end + reach : sentence.end;
    for (size_t i = first_time(report, from); i < report->times.count; i++) {
        const dsr_time *time = &report->times.items[i];
        if (time->span.start >= to) {
            break;
        }
        uint32_t away = distance(quote, told, time->span);
        if (away < nearest && may_tell(time, away) && !tells_no_day(report, time, sentence.start)) {
            nearest = away;
            best = time;
        }
    }
    return best;
}

typedef struct day_vote {
    int32_t day;
    uint32_t item;
    dsr_slice value;
} day_vote;

static int compare_days(const void *x, const void *y)
{
    const day_vote *a = x;
    const day_vote *b = y;
    if (a->day != b->day) {
        return a->day < b->day ? -1 : 1;
    }
    return (a->item > b->item) - (a->item < b->item);
}

/* The day that most reports tell; of equals the first. */
static dsr_status vote_day(const dsr_quotations *q, dsr_said_group group, dsr_story_quote *out)
{
    day_vote *votes = dsr_arena_alloc_array(q->scratch, group.count, sizeof *votes);
    size_t count = 0;
    if (votes == NULL) {
        return DSR_ERR_MEMORY;
    }
    for (size_t i = 0; i < group.count; i++) {
        const dsr_said_item *item = &q->items.items[group.items[i]];
        const dsr_time *time = find_day(dsr_quotations_report(q, item), dsr_quotations_quote(q, item));
        dsr_slice value = time != NULL ? dsr_slice_part(time->value, 0, ISO_DAY) : DSR_SLICE_NONE;
        if (time != NULL && is_iso(value)) {
            votes[count++] = (day_vote){time->earliest, group.items[i], value};
        }
    }
    qsort(votes, count, sizeof *votes, compare_days);
    size_t most = 0;
    for (size_t i = 0; i < count;) {
        size_t from = i;
        while (i < count && votes[i].day == votes[from].day) {
            i++;
        }
        if (i - from > most) {
            most = i - from;
            out->said_day = votes[from].day;
            out->said_on = votes[from].value;
        }
    }
    return DSR_OK;
}

/* ---- all of it ---- */

dsr_status dsr_quotations_vote(dsr_quotations *q, dsr_said_group group, const dsr_said_winner *won,
                               dsr_story_quote *out)
{
    out->said_day = DSR_NO_DAY;
    for (size_t i = 0; i < group.count; i++) {
        const dsr_said_item *item = &q->items.items[group.items[i]];
        const dsr_quote *quote = dsr_quotations_quote(q, item);
        if (won->who != DSR_SAID_NOBODY && is_other(q, item, won->who)) {
            continue; /* what somebody else is said to have used */
        }
        out->medium = out->medium == DSR_MEDIUM_UNSAID ? quote->medium : out->medium;
        if (out->audience.len == 0 && quote->audience.end > quote->audience.start) {
            out->audience = dsr_slice_part(dsr_quotations_report(q, item)->text, quote->audience.start,
                                           quote->audience.end);
        }
    }
    dsr_status status = vote_speaker(q, group, won, out);
    return status == DSR_OK ? vote_day(q, group, out) : status;
}
