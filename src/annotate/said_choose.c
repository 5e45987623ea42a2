/* The choice of a speaker for each quotation in marks, in the order of the text: candidates of its paragraph
 * and of the one above, each with the sum of its features' weights; nobody is one of them. */
#include "annotate/said_features.h"
#include "annotate/said_parts.h"

enum {
    BEFORE_MOST = 20,
    BEHIND_MOST = 16,
    ABOVE_MOST = 6,
    CANDIDATES_MOST = BEFORE_MOST + BEHIND_MOST + ABOVE_MOST + 3
};
enum { PREVIOUS_PARAGRAPHS = 3, ADDRESSED_NEAR = 3, VERB_NEAR = 4 };

typedef struct choosing {
    dsr_said_state *s;
    uint32_t next;                  /* first mention behind the present quotation's start */
    uint32_t previous;              /* the last quotation that has a speaker, or partner */
    uint32_t earlier;               /* the last one by somebody else than that one's speaker */
    uint32_t list[CANDIDATES_MOST]; /* mentions */
    size_t count;
    uint32_t addressed; /* whom the present quotation is said to, where that is all that is told; NONE */
    uint16_t features[CANDIDATES_MOST][DSR_SAID_FEATURES_MOST];
    dsr_said_candidate candidates[CANDIDATES_MOST];
    dsr_said_pair pairs[CANDIDATES_MOST];
} choosing;

static uint32_t head_of(const dsr_said_state *s, uint32_t mention)
{
    return s->mentions.items[mention].head;
}

static void take(choosing *c, uint32_t mention)
{
    for (size_t i = 0; i < c->count; i++) {
        if (c->list[i] == mention) {
            return;
        }
    }
    if (c->count < CANDIDATES_MOST) {
        c->list[c->count++] = mention;
    }
}

/* "Roe was told: ...": spoken to by these words, so that she does not say them. */
static bool is_addressed(const dsr_said_state *s, const dsr_said_segment *q, uint32_t mention)
{
    uint32_t verb = s->mentions.items[mention].addressed;
    return verb != DSR_SAID_NONE && verb < q->first && q->first - verb <= ADDRESSED_NEAR &&
           s->tokens[verb].sentence == s->tokens[q->first].sentence;
}

/* Mentions about the quotation: its paragraph, the one above, and who spoke before. */
static void collect(choosing *c, uint32_t segment)
{
    const dsr_said_state *s = c->s;
    const dsr_said_segment *q = &s->segments[segment];
    c->count = 0;
    c->addressed = DSR_SAID_NONE;
    take(c, DSR_SAID_NONE);
    while (c->next < s->mentions.count && head_of(s, c->next) < q->first) {
        c->next++;
    }
    unsigned above = 0, before = 0;
    for (uint32_t m = c->next; m-- > 0;) {
        uint32_t paragraph = dsr_said_paragraph(s, head_of(s, m));
        if (paragraph == q->paragraph ? before++ >= BEFORE_MOST : above++ >= ABOVE_MOST) {
            break;
        }
        if (q->paragraph - paragraph > 1) {
            break;
        }
        if (is_addressed(s, q, m)) {
            c->addressed = m;
        } else {
            take(c, m);
        }
    }
    for (uint32_t m = c->next; m < s->mentions.count && m - c->next < BEHIND_MOST; m++) {
        uint32_t paragraph = dsr_said_paragraph(s, head_of(s, m));
        bool below = paragraph == q->paragraph + 1 && s->mentions.items[m].cue_count > 0 &&
                     s->mentions.items[m].cues[0].link == DSR_LINK_DASH;
        if (paragraph != q->paragraph && !below) {
            break;
        }
        take(c, m);
    }
    if (c->previous != DSR_SAID_NONE && s->segments[c->previous].mention != DSR_SAID_NONE) {
        take(c, s->segments[c->previous].mention);
    }
}

static uint32_t distance(const dsr_said_segment *q, uint32_t token)
{
    return token < q->first ? q->first - token : token - q->end;
}

/* The cue of a mention that is nearest to the quotation; one of speech before any other. */
static dsr_said_cue nearest_cue(const dsr_said_state *s, const dsr_said_segment *q, const dsr_said_mention *m)
{
    dsr_said_cue best = {DSR_SAID_NONE, DSR_LINK_NOTHING};
    (void)s;
    for (size_t i = 0; i < m->cue_count; i++) {
        bool speech = m->cues[i].link != DSR_LINK_VERB;
        bool other = best.token != DSR_SAID_NONE && best.link == DSR_LINK_VERB;
        bool nearer = best.token == DSR_SAID_NONE || distance(q, m->cues[i].token) < distance(q, best.token);
        if (nearer ? speech || best.token == DSR_SAID_NONE || other : speech && other) {
            best = m->cues[i];
        }
    }
    return best;
}

static void find_nearest(choosing *c, uint32_t segment)
{
    const dsr_said_state *s = c->s;
    const dsr_said_segment *q = &s->segments[segment];
    uint32_t before = DSR_SAID_NONE, behind = DSR_SAID_NONE, least_before = UINT32_MAX,
             least_behind = UINT32_MAX;
    for (size_t i = 1; i < c->count; i++) {
        const dsr_said_cue cue = c->pairs[i].cue;
        uint32_t head = head_of(s, c->list[i]);
        bool speech = cue.token != DSR_SAID_NONE && cue.link != DSR_LINK_VERB;
        if (!speech || dsr_said_paragraph(s, head) != q->paragraph) {
            continue;
        }
        uint32_t away = distance(q, cue.token);
        if (head < q->first && away < least_before) {
            least_before = away;
            before = c->list[i];
        } else if (head >= q->end && away < least_behind) {
            least_behind = away;
            behind = c->list[i];
        }
    }
    for (size_t i = 0; i < c->count; i++) {
        c->pairs[i].nearest_before = before;
        c->pairs[i].nearest_behind = behind;
    }
}

static void weigh(choosing *c, uint32_t segment)
{
    const dsr_said_state *s = c->s;
    for (size_t i = 0; i < c->count; i++) {
        uint32_t mention = c->list[i];
        dsr_said_pair *pair = &c->pairs[i];
        *pair = (dsr_said_pair){.segment = segment, .mention = mention, .previous = c->previous};
        pair->cue = (dsr_said_cue){DSR_SAID_NONE, DSR_LINK_NOTHING};
        if (mention != DSR_SAID_NONE) {
            pair->cue = nearest_cue(s, &s->segments[segment], &s->mentions.items[mention]);
        }
    }
    find_nearest(c, segment);
    for (size_t i = 0; i < c->count; i++) {
        dsr_said_candidate *candidate = &c->candidates[i];
        uint32_t mention = c->list[i];
        *candidate = (dsr_said_candidate){.features = c->features[i]};
        candidate->feature_count = dsr_said_features(s, &c->pairs[i], c->features[i]);
        if (mention != DSR_SAID_NONE) {
            candidate->head = s->tokens[head_of(s, mention)].span;
        }
        for (size_t f = 0; f < candidate->feature_count; f++) {
            candidate->score += s->weights[c->features[i][f]];
        }
    }
}

static uint8_t how_of(const choosing *c, size_t chosen, uint32_t segment)
{
    static const uint8_t hows[] = {
        [DSR_LINK_SUBJECT] = DSR_SAID_VERB, [DSR_LINK_CHAIN] = DSR_SAID_VERB,
        [DSR_LINK_BESIDE] = DSR_SAID_VERB,  [DSR_LINK_ACCORDING] = DSR_SAID_ACCORDING,
        [DSR_LINK_NOUN] = DSR_SAID_NOUN,    [DSR_LINK_VERB] = DSR_SAID_NEAR,
        [DSR_LINK_DASH] = DSR_SAID_COLON,   [DSR_LINK_NOTHING] = DSR_SAID_NEAR,
    };
    const dsr_said_state *s = c->s;
    uint32_t mention = c->list[chosen];
    const dsr_said_segment *q = &s->segments[segment];
    bool before = c->previous != DSR_SAID_NONE && s->segments[c->previous].mention == mention;
    if (before &&
        s->report->quotes.items[c->previous].quotation == s->report->quotes.items[segment].quotation) {
        return DSR_SAID_SPLIT;
    }
    bool same_sentence = false;
    for (uint32_t side = 0; side < 2 && q->end > q->first; side++) {
        uint32_t token = side == 0 ? q->first : q->end - 1;
        same_sentence |= s->tokens[token].sentence == s->tokens[head_of(s, mention)].sentence;
    }
    if (before && !same_sentence) {
        return DSR_SAID_GOES_ON;
    }
    bool colon = q->first > 0 && dsr_said_is(s, q->first - 1, ":") && head_of(s, mention) < q->first;
    uint8_t how = hows[c->pairs[chosen].cue.link];
    return colon ? (uint8_t)DSR_SAID_COLON : how;
}

/* The candidate that says the part before of the same quotation; 0. */
static size_t partner_of(const choosing *c, uint32_t segment)
{
    const dsr_said_state *s = c->s;
    const dsr_quote *quotes = s->report->quotes.items;
    bool partner = c->previous != DSR_SAID_NONE && quotes[c->previous].quotation == quotes[segment].quotation;
    bool over = partner && s->segments[c->previous].paragraph != s->segments[segment].paragraph;
    partner = over || (partner && quotes[segment].kind == DSR_QUOTE_DIRECT);
    for (size_t i = 1; partner && i < c->count; i++) {
        if (c->list[i] == s->segments[c->previous].mention) {
            return i;
        }
    }
    return 0;
}

enum { LABEL_WORDS = 3 };
/* "the so-called 'deep state'", "the alleged 'coup' was denied": words of others that nobody here says. */
static bool is_label(const dsr_said_state *s, const dsr_said_segment *q)
{
    if (q->words > LABEL_WORDS || q->first == 0) {
        return false;
    }
    return dsr_said_is(s, q->first - 1,
                       "so-called alleged supposed purported self-styled self-proclaimed self-described "
                       "ostensible would-be") ||
           (q->first > 2 && dsr_said_is(s, q->first - 1, "called") && dsr_said_is(s, q->first - 2, "-") &&
            dsr_said_is(s, q->first - 3, "so"));
}

/* "'Sad' - Jane Roe"; "'Sad,' read a tweet from Jane Roe": who signs the words, or
 * whose a noun of speech is that is the subject of the verb beside the words; 0. */
static size_t owner_of_words(const choosing *c, uint32_t segment)
{
    const dsr_said_state *s = c->s;
    const dsr_said_segment *q = &s->segments[segment];
    for (size_t i = 1; i < c->count; i++) {
        dsr_said_cue cue = c->pairs[i].cue;
        if (cue.link == DSR_LINK_DASH && cue.token == q->end) {
            return i;
        }
        if (cue.link != DSR_LINK_NOUN || s->tokens[cue.token].head == DSR_SAID_NONE) {
            continue;
        }
        uint32_t verb = s->tokens[cue.token].head;
        bool beside = verb >= q->end ? verb - q->end < VERB_NEAR : q->first - verb <= VERB_NEAR;
        if (beside && verb != cue.token && s->tokens[verb].cue) {
            return i;
        }
    }
    return 0;
}

/* "'He is guilty,' Roe told police, according to White": who stands with a verb of speech between the words
 * and the source of the whole says them; 0. */
static size_t nearer_than_source(const choosing *c, size_t source, uint32_t segment)
{
    const dsr_said_segment *q = &c->s->segments[segment];
    if (source == 0 || c->pairs[source].cue.link != DSR_LINK_ACCORDING) {
        return 0;
    }
    uint32_t limit = c->pairs[source].cue.token;
    for (size_t i = 1; i < c->count; i++) {
        dsr_said_cue cue = c->pairs[i].cue;
        bool speaks = cue.link == DSR_LINK_SUBJECT || cue.link == DSR_LINK_BESIDE;
        uint32_t head = head_of(c->s, c->list[i]);
        uint32_t first = head < cue.token ? head : cue.token;
        if (speaks && first >= q->end && first - q->end < VERB_NEAR && head < limit && cue.token < limit) {
            return i;
        }
    }
    return 0;
}

/* "said Roe of White, who said: 'No'": who stands with the verb right before the words; 0. */
static size_t relative_before(const choosing *c, uint32_t segment)
{
    const dsr_said_state *s = c->s;
    uint32_t first = s->segments[segment].first;
    for (size_t i = 1; i < c->count; i++) {
        dsr_said_cue cue = c->pairs[i].cue;
        bool who = s->mentions.items[c->list[i]].type == DSR_TYPE_WHO && cue.link == DSR_LINK_SUBJECT;
        if (who && cue.token < first && first - cue.token <= 2) {
            return i;
        }
    }
    return 0;
}

/* What the grammar decides though the weights do not know it: they were set on text that has too few. */
static size_t by_grammar(const choosing *c, size_t best, uint32_t segment)
{
    size_t other = relative_before(c, segment);
    if (other == 0) {
        other = best == 0 ? owner_of_words(c, segment) : nearer_than_source(c, best, segment);
    }
    return other != 0 ? other : best;
}

static void choose(choosing *c, uint32_t segment)
{
    dsr_said_state *s = c->s;
    dsr_said_segment *q = &s->segments[segment];
    collect(c, segment);
    weigh(c, segment);
    q->addressed = c->addressed;
    if ((c->addressed != DSR_SAID_NONE || is_label(s, q)) && s->tables->watch == NULL) {
        c->count = 1; /* by whom is not told */
    }
    size_t best = 0;
    int32_t second = INT32_MIN;
    for (size_t i = 1; i < c->count; i++) {
        if (c->candidates[i].score > c->candidates[best].score) {
            second = c->candidates[best].score;
            best = i;
        } else if (c->candidates[i].score > second) {
            second = c->candidates[i].score;
        }
    }
    if (s->tables->watch != NULL) {
        dsr_said_choice choice = {s->report->quotes.items[segment].span, c->candidates, c->count, best};
        size_t wanted = s->tables->watch(s->tables->watch_context, &choice);
        best = wanted < c->count ? wanted : best;
    }
    q->margin = second == INT32_MIN ? 0 : c->candidates[best].score - second;
    size_t told = s->tables->watch == NULL ? by_grammar(c, best, segment) : best;
    if (told == 0 && s->tables->watch == NULL) {
        told = partner_of(c, segment); /* the parts of one quotation have one speaker */
    }
    if (told != best) {
        best = told;
        q->margin = 0;
    }
    q->mention = c->list[best];
    if (q->mention != DSR_SAID_NONE) {
        q->cue = c->pairs[best].cue;
        q->how = how_of(c, best, segment);
        dsr_said_know_person(s, q->mention);
        dsr_said_take_turn(s, segment, c->previous, c->earlier);
    }
}

static bool is_other_speaker(const dsr_said_state *s, uint32_t a, uint32_t b)
{
    if (a == DSR_SAID_NONE || s->segments[a].mention == DSR_SAID_NONE ||
        s->segments[b].mention == DSR_SAID_NONE) {
        return false;
    }
    uint32_t x = s->mentions.items[s->segments[a].mention].entity;
    return x != DSR_NO_ENTITY && x != s->mentions.items[s->segments[b].mention].entity;
}

dsr_status dsr_said_choose(dsr_said_state *s)
{
    choosing *c = dsr_arena_alloc(s->arena, sizeof *c);
    if (c == NULL) {
        return DSR_ERR_MEMORY;
    }
    *c = (choosing){.s = s, .previous = DSR_SAID_NONE, .earlier = DSR_SAID_NONE};
    for (uint32_t i = 0; i < s->report->quotes.count; i++) {
        dsr_said_segment *q = &s->segments[i];
        if (q->first == q->end) {
            continue;
        }
        if (c->previous != DSR_SAID_NONE &&
            q->paragraph - s->segments[c->previous].paragraph > PREVIOUS_PARAGRAPHS) {
            c->previous = DSR_SAID_NONE;
            c->earlier = DSR_SAID_NONE;
        }
        choose(c, i);
        bool partner_next = i + 1 < s->report->quotes.count &&
                            s->report->quotes.items[i + 1].quotation == s->report->quotes.items[i].quotation;
        if (q->mention != DSR_SAID_NONE || partner_next) {
            c->earlier = is_other_speaker(s, c->previous, i) ? c->previous : c->earlier;
            c->previous = i;
        }
    }
    return DSR_OK;
}
