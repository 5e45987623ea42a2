/* What speaks for and against a mention as the speaker of a quotation. Must not know what any of it is worth.
 */
#include "annotate/said_features.h"

#include "annotate/said_parts.h"

#define NAME_OF(name) #name,
static const char *const names[] = {DSR_SAID_FEATURE_LIST(NAME_OF)};

size_t dsr_said_feature_count(void)
{
    return DSR_SAID_FEATURES;
}

const char *dsr_said_feature_name(size_t feature)
{
    return feature < DSR_SAID_FEATURES ? names[feature] : "";
}

typedef struct feature_list {
    uint16_t *items;
    size_t count;
} feature_list;

static void add(feature_list *list, bool holds, unsigned feature)
{
    if (holds && list->count < DSR_SAID_FEATURES_MOST) {
        list->items[list->count++] = (uint16_t)feature;
    }
}

/* ---- what stands at the ends of a quotation ---- */

/* The last character within the marks, as a class. */
typedef enum ending { END_BARE, END_COMMA, END_STOP } ending;

static ending ending_of(const dsr_said_state *s, const dsr_said_segment *q)
{
    for (uint32_t t = q->end; t > q->first && q->end - t < 3; t--) {
        if (s->tokens[t - 1].kind == DSR_TOKEN_QUOTE) {
            continue;
        }
        dsr_slice text = dsr_said_text(s, t - 1);
        char last = text.len > 0 ? text.ptr[text.len - 1] : ' ';
        return last == ',' ? END_COMMA : last == '.' || last == '?' || last == '!' ? END_STOP : END_BARE;
    }
    return END_BARE;
}

static bool starts_small(const dsr_said_state *s, const dsr_said_segment *q)
{
    for (uint32_t t = q->first; t < q->end; t++) {
        if (s->tokens[t].kind != DSR_TOKEN_QUOTE) {
            char first = dsr_said_text(s, t).ptr[0];
            return first >= 'a' && first <= 'z';
        }
    }
    return false;
}

/* The token before the quotation in its sentence; NONE. */
static uint32_t token_before(const dsr_said_state *s, const dsr_said_segment *q)
{
    bool some = q->first > 0 && q->first < s->token_count &&
                s->tokens[q->first - 1].sentence == s->tokens[q->first].sentence;
    return some ? q->first - 1 : DSR_SAID_NONE;
}

static uint32_t token_behind(const dsr_said_state *s, const dsr_said_segment *q)
{
    bool some = q->end < s->token_count && q->end > q->first &&
                s->tokens[q->end].sentence == s->tokens[q->end - 1].sentence;
    return some ? q->end : DSR_SAID_NONE;
}

static bool fills_paragraph(const dsr_said_state *s, const dsr_said_segment *q)
{
    bool starts =
        q->first == 0 || q->first >= s->token_count || dsr_said_paragraph(s, q->first - 1) != q->paragraph;
    bool ends = q->end >= s->token_count || dsr_said_paragraph(s, q->end) != q->paragraph;
    return starts && ends;
}

static bool has_upos(const dsr_said_state *s, uint32_t token, unsigned a, unsigned b, unsigned c)
{
    if (token == DSR_SAID_NONE) {
        return false;
    }
    uint8_t upos = s->tokens[token].upos;
    return upos == a || upos == b || upos == c;
}

static void read_nobody(const dsr_said_state *s, const dsr_said_pair *pair, feature_list *out)
{
    const dsr_said_segment *q = &s->segments[pair->segment];
    ending end = ending_of(s, q);
    add(out, true, DSR_F_none);
    add(out, q->words <= 1, DSR_F_none_word);
    add(out, q->words == 2, DSR_F_none_two_words);
    add(out, q->words == 3, DSR_F_none_three_words);
    add(out, q->words == 4 || q->words == 5, DSR_F_none_five_words);
    add(out, q->words > 5 && q->words < 10, DSR_F_none_nine_words);
    add(out, q->words >= 10, DSR_F_none_long);
    dsr_quote_kind kind = s->report->quotes.items[pair->segment].kind;
    add(out, kind == DSR_QUOTE_DIRECT, DSR_F_none_clause);
    add(out, kind == DSR_QUOTE_SCARE, DSR_F_none_scare);
    add(out, kind != DSR_QUOTE_SCARE && end == END_COMMA && q->words > 2, DSR_F_none_clause_comma);
    add(out, q->title && q->words > 1, DSR_F_none_title);
    add(out, end == END_BARE, DSR_F_none_bare_end);
    add(out, end == END_COMMA, DSR_F_none_comma_end);
    add(out, end == END_STOP, DSR_F_none_stop_end);
    add(out, starts_small(s, q), DSR_F_none_small_start);
    uint32_t before = token_before(s, q);
    uint32_t behind = token_behind(s, q);
    add(out, has_upos(s, before, DSR_UPOS_DET, DSR_UPOS_ADJ, DSR_UPOS_NOUN), DSR_F_none_behind_modifier);
    add(out, has_upos(s, behind, DSR_UPOS_NOUN, DSR_UPOS_PROPN, DSR_UPOS_ADJ), DSR_F_none_before_noun);
    add(out, pair->nearest_before == DSR_SAID_NONE && pair->nearest_behind == DSR_SAID_NONE,
        DSR_F_none_no_cue);
    const dsr_said_segment *previous = pair->previous != DSR_SAID_NONE ? &s->segments[pair->previous] : NULL;
    bool partner = previous != NULL && s->report->quotes.items[pair->previous].quotation ==
                                           s->report->quotes.items[pair->segment].quotation;
    add(out, partner && previous->mention == DSR_SAID_NONE, DSR_F_none_partner);
    add(out, q->heading, DSR_F_none_heading);
    add(out, fills_paragraph(s, q), DSR_F_none_whole_paragraph);
    add(out, q->told[0] != DSR_SAID_NONE, DSR_F_none_attributed);
}

/* ---- place and distance ---- */

typedef enum where { BEFORE, BEHIND, EARLIER, LATER, ABOVE, WHERES } where;

static where where_of(const dsr_said_state *s, const dsr_said_segment *q, uint32_t token)
{
    if (dsr_said_paragraph(s, token) != q->paragraph) {
        return ABOVE;
    }
    if (token < q->first) {
        return s->tokens[token].sentence == s->tokens[q->first].sentence ? BEFORE : EARLIER;
    }
    return s->tokens[token].sentence == s->tokens[q->end - 1].sentence ? BEHIND : LATER;
}

static uint32_t gap(const dsr_said_state *s, const dsr_said_segment *q, uint32_t token)
{
    if (token < q->first) {
        return s->tokens[q->first].outside - s->tokens[token].outside - 1;
    }
    return s->tokens[token].outside - s->tokens[q->end - 1].outside;
}

static void read_place(const dsr_said_state *s, const dsr_said_pair *pair, const dsr_said_mention *m,
                       feature_list *out)
{
    static const uint16_t links[] = {
        [DSR_LINK_SUBJECT] = DSR_F_subject_before, [DSR_LINK_CHAIN] = DSR_F_chain_before,
        [DSR_LINK_BESIDE] = DSR_F_beside_before,   [DSR_LINK_ACCORDING] = DSR_F_according_before,
        [DSR_LINK_NOUN] = DSR_F_noun_before,       [DSR_LINK_VERB] = DSR_F_verb_before,
        [DSR_LINK_NOTHING] = DSR_F_loose_before,
    };
    const dsr_said_segment *q = &s->segments[pair->segment];
    bool cued = pair->cue.token != DSR_SAID_NONE;
    where place = where_of(s, q, m->head);
    if (cued && pair->cue.link == DSR_LINK_DASH) {
        add(out, true, DSR_F_dash_below);
        return;
    }
    unsigned link = cued ? links[pair->cue.link] : DSR_F_loose_before;
    add(out, true, link + (unsigned)place);
    if (place > BEHIND) {
        return;
    }
    uint32_t away = gap(s, q, cued ? pair->cue.token : m->head);
    unsigned step = away <= 1 ? 0 : away <= 3 ? 1 : away <= 7 ? 2 : away <= 15 ? 3 : 4;
    if (cued && pair->cue.link != DSR_LINK_VERB) {
        bool behind = pair->cue.token >= q->end;
        add(out, true, DSR_F_next_before + 2 * step + (behind ? 1 : 0));
    } else {
        away = gap(s, q, m->head);
        add(out, true, away <= 2 ? DSR_F_mention_next : away <= 7 ? DSR_F_mention_near : DSR_F_mention_far);
    }
}

/* Dependents of a cue that are looked at; only sentences cut into pieces have verbs with more. */
enum { CHILDREN_MOST = 128 };

/* The tree ties cue and quotation together: one of the two hangs on the other. */
static bool is_tied(const dsr_said_state *s, const dsr_said_segment *q, uint32_t cue)
{
    uint32_t up = s->tokens[cue].head;
    if (up != DSR_SAID_NONE && up >= q->first && up < q->end) {
        return true;
    }
    unsigned seen = 0;
    for (uint32_t c = dsr_said_first_child(s, cue); c != DSR_SAID_NONE && seen++ < CHILDREN_MOST;
         c = dsr_said_next_child(s, c)) {
        if (c >= q->first && c < q->end && s->tokens[c].upos != DSR_UPOS_PUNCT) {
            return true;
        }
    }
    return false;
}

/* Nothing but adverbs and auxiliaries stands between the mention's head and its cue. */
static bool is_adjacent(const dsr_said_state *s, uint32_t head, uint32_t cue)
{
    uint32_t first = head < cue ? head : cue, last = head < cue ? cue : head;
    for (uint32_t t = first + 1; t < last; t++) {
        if (last - first > 4 || !has_upos(s, t, DSR_UPOS_ADV, DSR_UPOS_AUX, DSR_UPOS_PART)) {
            return false;
        }
    }
    return true;
}

enum { BRINGS_IN = 6 };
/* "...," Roe held: whatever the verb, it stands where one of speech would. */
static bool brings_in(const dsr_said_state *s, const dsr_said_segment *q, uint32_t head, uint32_t verb)
{
    return ending_of(s, q) == END_COMMA && head >= q->end && verb >= q->end &&
           where_of(s, q, head) == BEHIND && gap(s, q, verb) <= BRINGS_IN && gap(s, q, head) <= BRINGS_IN;
}

static void read_between(const dsr_said_state *s, const dsr_said_pair *pair, const dsr_said_mention *m,
                         feature_list *out)
{
    const dsr_said_segment *q = &s->segments[pair->segment];
    const dsr_quote *quotes = s->report->quotes.items;
    uint32_t other = DSR_SAID_NONE;
    if (m->head >= q->end && pair->segment + 1 < s->report->quotes.count &&
        s->segments[pair->segment + 1].first < m->head) {
        other = pair->segment + 1;
    } else if (m->head < q->first && pair->segment > 0 && s->segments[pair->segment - 1].first > m->head) {
        other = pair->segment - 1;
    }
    bool partner = other != DSR_SAID_NONE && quotes[other].quotation == quotes[pair->segment].quotation;
    add(out, other != DSR_SAID_NONE && !partner, DSR_F_other_between);
    add(out, partner, DSR_F_partner_between);
}

/* ---- the mention itself ---- */

static void read_mention(const dsr_said_state *s, const dsr_said_mention *m, feature_list *out)
{
    uint8_t relation = s->tokens[m->head].relation;
    dsr_relation r =
        relation < DSR_REL_COUNT ? dsr_relation_universal((dsr_relation)relation) : DSR_REL_COUNT;
    add(out, true, DSR_F_person + (unsigned)m->type);
    add(out, r == DSR_REL_OBJ || r == DSR_REL_IOBJ, DSR_F_object);
    add(out, r == DSR_REL_OBL, DSR_F_oblique);
    add(out, r == DSR_REL_NMOD, DSR_F_modifier);
    add(out, r == DSR_REL_APPOS, DSR_F_apposition);
    add(out, r == DSR_REL_NSUBJ, DSR_F_governor);
}

static void read_previous(const dsr_said_state *s, const dsr_said_pair *pair, const dsr_said_mention *m,
                          feature_list *out)
{
    const dsr_said_segment *previous = pair->previous != DSR_SAID_NONE ? &s->segments[pair->previous] : NULL;
    if (previous == NULL || previous->mention == DSR_SAID_NONE) {
        return;
    }
    const dsr_said_segment *q = &s->segments[pair->segment];
    const dsr_quote *quotes = s->report->quotes.items;
    bool same = previous->mention == pair->mention;
    uint32_t entity = s->mentions.items[previous->mention].entity;
    bool partner = quotes[pair->previous].quotation == quotes[pair->segment].quotation;
    bool here = previous->paragraph == q->paragraph;
    add(out, same && partner, DSR_F_previous_partner);
    add(out, same && !partner && here, DSR_F_previous_in_paragraph);
    add(out, same && !partner && !here, DSR_F_previous_above);
    add(out, !same && m->entity == entity && entity != DSR_NO_ENTITY, DSR_F_previous_person);
    add(out, same && fills_paragraph(s, q), DSR_F_previous_whole);
}

static void read_marks(const dsr_said_state *s, const dsr_said_pair *pair, const dsr_said_mention *m,
                       feature_list *out)
{
    const dsr_said_segment *q = &s->segments[pair->segment];
    where place = where_of(s, q, m->head);
    ending end = ending_of(s, q);
    uint32_t before = token_before(s, q);
    add(out, place == BEHIND && end == END_COMMA, DSR_F_comma_end_behind);
    add(out, place == BEHIND && end == END_STOP, DSR_F_stop_end_behind);
    if (place == BEFORE) {
        add(out, dsr_said_is(s, before, ","), DSR_F_comma_before);
        add(out, dsr_said_is(s, before, ":"), DSR_F_colon_before);
    }
    bool above = (place == EARLIER || place == ABOVE) && q->first > 0 && before == DSR_SAID_NONE;
    add(out, above && dsr_said_is(s, q->first - 1, ":"), DSR_F_colon_before);
    add(out, above && place == EARLIER, DSR_F_sentence_over);
}

/* What the grammar says: this mention is the source of a content that the quotation stands in. */
static void read_told(const dsr_said_state *s, const dsr_said_pair *pair, feature_list *out)
{
    const dsr_said_segment *q = &s->segments[pair->segment];
    bool some = false, else_ = false, surely = false;
    for (size_t k = 0; k < DSR_SAID_TOLD && q->told[k] != DSR_SAID_NONE; k++) {
        bool mine = s->told_by[q->told[k]] == pair->mention;
        some |= mine && k == 0;
        else_ |= mine && k > 0;
        surely |= mine && k == 0 && s->told.items[q->told[k]].score >= 700;
    }
    add(out, some, DSR_F_attributed);
    add(out, else_ && !some, DSR_F_attributed_else);
    add(out, surely, DSR_F_attributed_surely);
}

size_t dsr_said_features(const dsr_said_state *s, dsr_said_pair *pair, uint16_t out[DSR_SAID_FEATURES_MOST])
{
    feature_list list = {out, 0};
    if (pair->mention == DSR_SAID_NONE) {
        read_nobody(s, pair, &list);
        return list.count;
    }
    const dsr_said_mention *m = &s->mentions.items[pair->mention];
    const dsr_said_segment *q = &s->segments[pair->segment];
    read_place(s, pair, m, &list);
    bool cued = pair->cue.token != DSR_SAID_NONE;
    bool tied = cued && is_tied(s, q, pair->cue.token);
    bool other_verb = cued && pair->cue.link == DSR_LINK_VERB;
    add(&list, tied, DSR_F_tree);
    add(&list, tied && other_verb, DSR_F_verb_tree);
    add(&list, other_verb && brings_in(s, q, m->head, pair->cue.token), DSR_F_verb_comma);
    add(&list, cued && pair->cue.link < DSR_LINK_DASH && is_adjacent(s, m->head, pair->cue.token),
        DSR_F_adjacent);
    read_between(s, pair, m, &list);
    read_mention(s, m, &list);
    read_previous(s, pair, m, &list);
    read_marks(s, pair, m, &list);
    read_told(s, pair, &list);
    add(&list, pair->mention == pair->nearest_before, DSR_F_nearest_before);
    add(&list, pair->mention == pair->nearest_behind, DSR_F_nearest_behind);
    bool first = pair->mention == 0 || dsr_said_paragraph(s, s->mentions.items[pair->mention - 1].head) !=
                                           dsr_said_paragraph(s, m->head);
    add(&list, first, DSR_F_first_in_paragraph);
    return list.count;
}
