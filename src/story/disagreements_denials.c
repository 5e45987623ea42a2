/* One asserts, another denies; and one fact with two days. Must not know what statements are made of. */
#include "story/disagreements.h"

enum {
    DENIED_SHARE = 600, /* thousandths of the weight of what is denied that the other side must tell ... */
    DENIED_KEYS = 2,    /* ... and how many names and stems of it */
    PARTY_SHARE = 450,  /* enough where it speaks of who denies */
    WHAT_WORDS = 5,     /* behind the word of denial, among which stands what is denied */
    SIDES_MOST = 4,
    ONE_FACT = 420, /* thousandths of likeness at which two days of one sentence contradict */
    DAYS_APART = 40
};

/* ---- denials ---- */

typedef struct denial {
    uint32_t node;
    uint32_t party; /* entity of the report: who denies */
    uint64_t party_key;
    dsr_span word;
    dsr_span denied;
    dsr_told_keys keys;
} denial;

static const dsr_told_unit *unit_of(const dsr_disagreements *d, uint32_t node)
{
    return &d->s->units.items[d->s->nodes.items[node].unit];
}

static const dsr_report *report_of(const dsr_disagreements *d, const dsr_told_unit *unit)
{
    return d->s->story->reports.items[unit->report].report;
}

static bool is_listed(const dsr_disagreements *d, const char *prefix, dsr_slice word)
{
    char room[DSR_STEM_WORD_BYTES + 8];
    size_t used = 0;
    for (; prefix[used] != '\0'; used++) {
        room[used] = prefix[used];
    }
    size_t length = dsr_stem_fold(word, room + used);
    return length > 0 && dsr_lexicon_has(d->s->told.lexicon, d->s->told.language, DSR_WORDS_DENIAL,
                                         (dsr_slice){room, used + length});
}

static bool is_pronoun(const dsr_disagreements *d, dsr_slice word)
{
    return is_listed(d, "who ", word);
}

/* "denied it was so", and not "denied it entry". */
static bool opens_clause(const dsr_disagreements *d, dsr_slice rest)
{
    dsr_slice word;
    char room[DSR_STEM_WORD_BYTES];
    if (!dsr_stem_next_word(&rest, &word)) {
        return false;
    }
    dsr_slice folded = {room, dsr_stem_fold(word, room)};
    return folded.len > 0 && dsr_lexicon_has(d->s->told.lexicon, d->s->told.language, DSR_WORDS_STOP, folded);
}

/* Whether what follows is said not to be so, rather than kept from somebody. */
static bool denies_fact(const dsr_disagreements *d, dsr_slice rest)
{
    dsr_slice word;
    for (unsigned i = 0; i < WHAT_WORDS && dsr_stem_next_word(&rest, &word); i++) {
        if (is_listed(d, "what ", word)) {
            return i > 0 || !is_pronoun(d, word) || opens_clause(d, rest);
        }
    }
    return false;
}

static bool find_word(const dsr_disagreements *d, const dsr_told_unit *unit, dsr_span *out)
{
    const dsr_report *report = report_of(d, unit);
    dsr_slice rest = dsr_slice_part(report->text, unit->span.start, unit->span.end), word;
    while (dsr_stem_next_word(&rest, &word)) {
        if (is_listed(d, "", word) && denies_fact(d, rest)) {
            out->start = (uint32_t)(word.ptr - report->text.ptr);
            out->end = out->start + (uint32_t)word.len;
            return true;
        }
    }
    return false;
}

/* Whether a sentence denies by itself: "no", "not", "n't". */
static bool is_negated(const dsr_disagreements *d, const dsr_told_unit *unit)
{
    const dsr_report *report = report_of(d, unit);
    dsr_slice rest = dsr_slice_part(report->text, unit->span.start, unit->span.end), word;
    while (dsr_stem_next_word(&rest, &word)) {
        bool short_not = word.len > 2 && (word.ptr[word.len - 1] | 0x20) == 't' &&
                         (word.ptr[word.len - 2] == '\'' || (unsigned char)word.ptr[word.len - 2] == 0x99);
        if (short_not || is_listed(d, "not ", word)) {
            return true;
        }
    }
    return false;
}

/* The nearest name before the word: who denies. */
static uint32_t party_before(const dsr_report *report, const dsr_told_unit *unit, uint32_t at)
{
    enum { NEAR_BYTES = 60 };
    uint32_t found = DSR_NO_ENTITY;
    size_t low = 0, high = report->names.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (report->names.items[middle].span.start < unit->span.start) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    for (size_t i = low; i < report->names.count && report->names.items[i].span.end <= at; i++) {
        if (report->names.items[i].span.end + NEAR_BYTES >= at) {
            found = report->names.items[i].entity;
        }
    }
    return found;
}

static bool has_key(const dsr_told_keys *keys, uint64_t key)
{
    dsr_told_keys one = {&key, 1};
    return dsr_told_share(&one, keys, (dsr_told_key_kind)(key & 3)) > 0;
}

/* How much of what is denied a node tells: thousandths of its weight; 0 for too little. */
static uint32_t told_by(const dsr_disagreements *d, const denial *no, uint32_t node)
{
    const dsr_told_item *own = &d->s->items[d->s->nodes.items[no->node].item];
    const dsr_told_keys *other = &unit_of(d, node)->keys;
    uint32_t all = 0, shared = 0, count = 0, stems = 0, all_stems = 0;
    for (uint32_t i = 0, k = 0; i < no->keys.count; i++) {
        uint64_t key = no->keys.items[i];
        while (k < own->keys.count && own->keys.items[k] < key) {
            k++;
        }
        uint32_t weight = k < own->keys.count && own->keys.items[k] == key ? own->weights[k] : 1;
        bool has = has_key(other, key);
        all += weight;
        shared += has ? weight : 0;
        count += has;
        all_stems += (key & 1) == 0 ? weight : 0;
        stems += has && (key & 1) == 0 ? weight : 0;
    }
    uint32_t share = all > 0 ? shared * 1000 / all : 0;
    bool speaks_of = no->party_key != 0 && has_key(other, no->party_key);
    bool enough =
        speaks_of ? stems * 1000 >= all_stems * PARTY_SHARE : share >= DENIED_SHARE && count >= DENIED_KEYS;
    return enough && stems > 0 ? share : 0;
}

static void note_party(const dsr_disagreements *d, dsr_disagreement_side *side, uint32_t entity)
{
    const dsr_report *report = d->s->story->reports.items[side->carrier.report].report;
    if (entity < report->entities.count) {
        side->party = report->entities.items[entity].canonical;
    }
}

/* Who tells most of it, one sentence a statement. */
typedef struct asserted {
    uint32_t node, share;
} asserted;

static void note_asserted(const dsr_statements *s, asserted *list, uint32_t *count, asserted one)
{
    for (uint32_t i = 0; i < *count; i++) {
        if (s->nodes.items[list[i].node].cluster == s->nodes.items[one.node].cluster) {
            list[i] = one.share > list[i].share ? one : list[i];
            return;
        }
    }
    if (*count < SIDES_MOST) {
        list[(*count)++] = one;
        return;
    }
    uint32_t least = 0;
    for (uint32_t i = 1; i < *count; i++) {
        least = list[i].share < list[least].share ? i : least;
    }
    list[least] = one.share > list[least].share ? one : list[least];
}

/* The sentences of other statements that tell it. */
static dsr_status match(dsr_disagreements *d, const denial *no, const bool *denies)
{
    const dsr_told_unit *unit = unit_of(d, no->node);
    asserted list[SIDES_MOST];
    uint32_t count = 0;
    for (uint32_t n = 0; n < d->s->nodes.count; n++) {
        bool other = d->s->nodes.items[n].cluster != d->s->nodes.items[no->node].cluster;
        uint32_t share = other && !denies[n] && !unit_of(d, n)->heading ? told_by(d, no, n) : 0;
        if (share > 0 && !is_negated(d, unit_of(d, n))) {
            note_asserted(d->s, list, &count, (asserted){n, share});
        }
    }
    dsr_disagreement one = {.kind = DSR_DISAGREE_DENIAL,
                            .what =
                                dsr_slice_part(report_of(d, unit)->text, no->denied.start, no->denied.end),
                            .compatible = false,
                            .why = "one asserts it, another denies it"};
    dsr_status status = dsr_disagreements_side(d, &one, unit->report, no->denied);
    if (status == DSR_OK && one.sides.count > 0) {
        note_party(d, &one.sides.items[0], no->party);
    }
    for (uint32_t i = 0; status == DSR_OK && i < count; i++) {
        status =
            dsr_disagreements_side(d, &one, unit_of(d, list[i].node)->report, unit_of(d, list[i].node)->span);
    }
    return status == DSR_OK && count > 0 ? dsr_disagreements_keep(d, &one) : status;
}

/* Up to the next verb of speech: "denies plans and said". */
static uint32_t end_of_denied(const dsr_disagreements *d, const dsr_report *report, uint32_t from,
                              uint32_t to)
{
    if (to <= from) {
        return from;
    }
    dsr_slice rest = dsr_slice_part(report->text, from, to), word, before = {rest.ptr, 0};
    while (dsr_stem_next_word(&rest, &word)) {
        char room[DSR_STEM_WORD_BYTES];
        dsr_slice folded = {room, dsr_stem_fold(word, room)};
        if (folded.len > 0 && before.len > 0 && is_listed(d, "and ", before) &&
            dsr_lexicon_has(d->s->told.lexicon, d->s->told.language, DSR_WORDS_CUE, folded)) {
            uint32_t end = (uint32_t)(before.ptr - report->text.ptr);
            return end > from && report->text.ptr[end - 1] == ' ' ? end - 1 : end;
        }
        before = word;
    }
    return to;
}

static dsr_status read_denial(dsr_disagreements *d, uint32_t node, dsr_span word, denial *out)
{
    const dsr_told_unit *unit = unit_of(d, node);
    const dsr_report *report = report_of(d, unit);
    dsr_span clause = dsr_told_clause(&d->s->told, report, unit->span, word);
    out->node = node;
    out->word = word;
    out->party = party_before(report, unit, word.start);
    out->party_key = dsr_told_entity_key(&d->s->told, report, out->party);
    out->denied = (dsr_span){word.end, end_of_denied(d, report, word.end, clause.end)};
    while (out->denied.start < out->denied.end && report->text.ptr[out->denied.start] == ' ') {
        out->denied.start++;
    }
    return dsr_told_keys_take(&d->s->told, unit->report, out->denied, (dsr_span){0, 0}, &out->keys);
}

dsr_status dsr_disagreements_of_denials(dsr_disagreements *d)
{
    enum { DENIALS_MOST = 64 };
    size_t count = d->s->nodes.count, found = 0;
    bool *denies = dsr_arena_alloc_array(d->s->told.arena, count + 1, sizeof *denies);
    denial *list = dsr_arena_alloc_array(d->s->told.arena, DENIALS_MOST, sizeof *list);
    dsr_status status = denies != NULL && list != NULL ? DSR_OK : DSR_ERR_MEMORY;
    for (uint32_t i = 0; status == DSR_OK && i < count; i++) {
        dsr_span word;
        status = dsr_told_read(&d->s->told, unit_of(d, i)->report);
        denies[i] = status == DSR_OK && find_word(d, unit_of(d, i), &word);
        if (denies[i] && found < DENIALS_MOST && !unit_of(d, i)->heading) {
            status = read_denial(d, i, word, &list[found]);
            found += status == DSR_OK && list[found].keys.count > 0;
        }
    }
    for (size_t i = 0; status == DSR_OK && i < found; i++) {
        status = match(d, &list[i], denies);
    }
    return status;
}

/* ---- dates ---- */

static bool has_one_day(const dsr_told_unit *unit)
{
    return unit->days == 1 && unit->day[0].latest - unit->day[0].earliest == 1 && !unit->heading;
}

/* Whether two sentences of one statement tell one fact of two days that are both sure. */
static bool days_differ(const dsr_disagreements *d, uint32_t a, uint32_t b)
{
    const dsr_told_unit *u = unit_of(d, a), *v = unit_of(d, b);
    if (u->report == v->report || !has_one_day(u) || !has_one_day(v)) {
        return false;
    }
    int32_t apart = u->day[0].earliest - v->day[0].earliest;
    bool sure = report_of(d, u)->meta.published_from != DSR_FROM_INFERRED &&
                report_of(d, v)->meta.published_from != DSR_FROM_INFERRED;
    return sure && apart != 0 && apart > -DAYS_APART && apart < DAYS_APART &&
           dsr_told_compare(&d->s->items[d->s->nodes.items[a].item], &d->s->items[d->s->nodes.items[b].item])
                   .thousandths >= ONE_FACT;
}

static dsr_span day_at(const dsr_disagreements *d, const dsr_told_unit *unit)
{
    const dsr_report *report = report_of(d, unit);
    for (size_t i = 0; i < report->times.count; i++) {
        const dsr_time *time = &report->times.items[i];
        if (time->span.start >= unit->span.start && time->span.end <= unit->span.end &&
            time->earliest == unit->day[0].earliest) {
            return time->span;
        }
    }
    return unit->span;
}

static dsr_status add_dates(dsr_disagreements *d, uint32_t a, uint32_t b)
{
    dsr_disagreement one = {.kind = DSR_DISAGREE_DATE, .compatible = false, .why = "one fact, two days"};
    const uint32_t nodes[2] = {a, b};
    dsr_status status = DSR_OK;
    for (unsigned i = 0; status == DSR_OK && i < 2; i++) {
        const dsr_told_unit *unit = unit_of(d, nodes[i]);
        status = dsr_disagreements_side(d, &one, unit->report, day_at(d, unit));
    }
    if (status != DSR_OK || one.sides.count < 2) {
        return status;
    }
    for (unsigned i = 0; status == DSR_OK && i < 2; i++) {
        char day[24];
        dsr_moment_format_utc(unit_of(d, nodes[i])->day[0].earliest * INT64_C(86400), day);
        status = dsr_arena_copy(d->s->arena, (dsr_slice){day, 10}, &one.sides.items[i].value);
    }
    const dsr_carrier *c = &one.sides.items[0].carrier;
    one.what =
        dsr_slice_part(d->s->story->reports.items[c->report].report->text, c->clause.start, c->clause.end);
    return status == DSR_OK ? dsr_disagreements_keep(d, &one) : status;
}

dsr_status dsr_disagreements_of_dates(dsr_disagreements *d)
{
    enum { LOOKED = 8 };
    dsr_status status = DSR_OK;
    for (size_t c = 0; status == DSR_OK && c < d->s->nodes.count; c++) {
        uint32_t members[LOOKED], count = 0;
        uint32_t i = d->s->clusters[c].size > 1 ? d->s->clusters[c].first : UINT32_MAX;
        for (; i != UINT32_MAX && count < LOOKED; i = d->s->nodes.items[i].next) {
            members[count++] = i;
        }
        bool found = false;
        for (uint32_t a = 0; status == DSR_OK && a < count && !found; a++) {
            for (uint32_t b = a + 1; status == DSR_OK && b < count && !found; b++) {
                found = days_differ(d, members[a], members[b]);
                status = found ? add_dates(d, members[a], members[b]) : DSR_OK;
            }
        }
    }
    return status;
}
