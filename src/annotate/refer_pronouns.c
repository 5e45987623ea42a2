/* Whom "he", "her", "its" and "I" mean: those named a short while ago are weighed by closed features. In the
 * manner of Lappin and Leass (1994); weights in refer_weights.c. Must not know how names are merged. */
#include "annotate/refer_parts.h"

enum { CANDIDATES = 16, SENTENCES_BACK = 6, MENTIONS_COUNTED = 8 };

typedef enum pronoun_kind { NO_PRONOUN, OF_PERSON, OF_THING, OF_SPEAKER } pronoun_kind;

typedef struct pronoun {
    uint32_t token;
    pronoun_kind kind;
    char sex;
    bool possessive, object, subject;
    uint32_t quote, sentence;
} pronoun;

static bool is_possessive_her(const dsr_refer_state *r, uint32_t token)
{
    const dsr_refer_token *t = &r->tokens[token];
    if (t->relation < DSR_REL_COUNT) {
        return t->relation == DSR_REL_NMOD_POSS;
    }
    return token + 1 < r->token_count && r->tokens[token + 1].kind == DSR_TOKEN_WORD &&
           !dsr_refer_is_one_of(r, token + 1,
                                "to in on at for and but that as with when from by after before");
}

static pronoun read_pronoun(const dsr_refer_state *r, uint32_t token)
{
    const dsr_refer_token *t = &r->tokens[token];
    pronoun p = {.token = token, .quote = t->quote, .sentence = t->sentence};
    if (t->kind != DSR_TOKEN_WORD || t->name != DSR_NONE || t->span.end - t->span.start > 8) {
        return p;
    }
    if (dsr_refer_is_one_of(r, token, "he him his himself")) {
        p.kind = OF_PERSON;
        p.sex = 'm';
    } else if (dsr_refer_is_one_of(r, token, "she her hers herself")) {
        p.kind = OF_PERSON;
        p.sex = 'f';
    } else if (dsr_refer_is_one_of(r, token, "it its itself")) {
        p.kind = OF_THING;
    } else if (t->quote != DSR_NONE &&
               dsr_refer_is_one_of(r, token, "i me my mine myself we us our ours ourselves")) {
        p.kind = OF_SPEAKER;
    }
    p.possessive = dsr_refer_is_one_of(r, token, "his hers its my our") ||
                   (dsr_refer_is(r, token, "her") && is_possessive_her(r, token));
    p.object = !p.possessive && dsr_refer_is_one_of(r, token, "him her me us");
    p.subject = dsr_refer_is_one_of(r, token, "he she") ||
                (dsr_refer_is(r, token, "it") && dsr_refer_is_subject(r, token, token + 1));
    return p;
}

bool dsr_refer_is_pronoun(const dsr_refer_state *r, uint32_t token)
{
    return read_pronoun(r, token).kind != NO_PRONOUN;
}

/* A candidate by its latest mention. */
typedef struct candidate {
    const dsr_refer_recent *recent;
    bool nearest;
    bool last_of_sex; /* the latest pronoun of this sex meant it */
} candidate;

static size_t collect(const dsr_refer_state *r, const pronoun *p, size_t recent_end,
                      candidate out[CANDIDATES])
{
    size_t count = 0;
    bool pronoun_seen = false;
    for (size_t back = 0; back < DSR_RECENT_MOST && back < recent_end && count < CANDIDATES; back++) {
        const dsr_refer_recent *recent = &r->recent.items[recent_end - 1 - back];
        const dsr_refer_thing *thing = &r->things.items[recent->thing];
        if (p->sentence - r->tokens[recent->token].sentence > SENTENCES_BACK) {
            break;
        }
        bool fits = p->kind == OF_PERSON ? thing->type == DSR_NAME_PER
                                         : thing->type == DSR_NAME_ORG || thing->type == DSR_NAME_GPE;
        if (!fits) {
            continue;
        }
        size_t at = 0;
        while (at < count && out[at].recent->thing != recent->thing) {
            at++;
        }
        if (at == count) {
            out[count] = (candidate){recent, count == 0, false};
            count++;
        }
        bool same_pronoun = recent->how == DSR_BY_PRONOUN && (p->kind != OF_PERSON || recent->sex == p->sex);
        if (same_pronoun && !pronoun_seen) {
            pronoun_seen = true;
            out[at].last_of_sex = true;
        }
    }
    return count;
}

static bool is_first_in_sentence(const dsr_refer_state *r, uint32_t token)
{
    uint32_t start = r->sentence_starts[r->tokens[token].sentence];
    for (uint32_t t = start; t < token; t++) {
        if (r->who[t] != DSR_NONE && r->who[t] != r->who[token]) {
            return false;
        }
    }
    return true;
}

/* The predicate that a mention is subject of governs the pronoun, too. */
static bool share_clause(const dsr_refer_state *r, const pronoun *p, const dsr_refer_recent *recent)
{
    uint32_t head = r->tokens[p->token].head;
    return recent->subject && head != DSR_NONE && r->tokens[recent->token].head == head;
}

static int32_t weigh_common(const dsr_refer_state *r, const pronoun *p, const candidate *c, const int16_t *w)
{
    const dsr_refer_recent *recent = c->recent;
    uint32_t away = p->sentence - r->tokens[recent->token].sentence;
    uint32_t named = r->things.items[recent->thing].mentions;
    int32_t mentions = (int32_t)(named < MENTIONS_COUNTED ? named : MENTIONS_COUNTED);
    if (p->kind == OF_THING) {
        return (away == 0 ? w[DSR_W_IT_SAME_SENTENCE] : 0) + (int32_t)away * w[DSR_W_IT_SENTENCE] +
               (recent->subject ? w[DSR_W_IT_SUBJECT] : 0) + (c->nearest ? w[DSR_W_IT_NEAREST] : 0) +
               (is_first_in_sentence(r, recent->token) ? w[DSR_W_IT_FIRST] : 0) +
               mentions * w[DSR_W_IT_MENTIONS];
    }
    bool same_paragraph = r->paragraph_of[p->sentence] == r->paragraph_of[r->tokens[recent->token].sentence];
    return (away == 0 ? w[DSR_W_SAME_SENTENCE] : 0) + (int32_t)away * w[DSR_W_EACH_SENTENCE] +
           (same_paragraph ? w[DSR_W_PARAGRAPH] : 0) + (recent->subject ? w[DSR_W_SUBJECT] : 0) +
           (recent->possessive ? w[DSR_W_POSSESSIVE] : 0) + (c->nearest ? w[DSR_W_NEAREST] : 0) +
           (is_first_in_sentence(r, recent->token) ? w[DSR_W_FIRST_IN_SENTENCE] : 0) +
           mentions * w[DSR_W_MENTIONS];
}

static int32_t weigh_person(const dsr_refer_state *r, const pronoun *p, const candidate *c)
{
    const int16_t *w = r->weights;
    const dsr_refer_thing *thing = &r->things.items[c->recent->thing];
    int32_t score = weigh_common(r, p, c, w);
    if (thing->sex == p->sex) {
        score += w[thing->sex_by_guess ? DSR_W_SEX_GUESSED : DSR_W_SEX_SAME];
    } else if (thing->sex != 0) {
        score += thing->sex_by_guess ? w[DSR_W_SEX_OTHER] / 2 : w[DSR_W_SEX_OTHER];
    }
    score += c->recent->how == DSR_BY_PRONOUN ? w[DSR_W_BY_PRONOUN] : 0;
    score += c->recent->how == DSR_BY_ROLE ? w[DSR_W_BY_ROLE] : 0;
    score += p->object && share_clause(r, p, c->recent) ? w[DSR_W_CLAUSE_MATE] : 0;
    bool same_sentence = r->tokens[c->recent->token].sentence == p->sentence;
    score += p->possessive && same_sentence && c->recent->subject ? w[DSR_W_OWN_SUBJECT] : 0;
    if (p->quote != DSR_NONE) {
        score += r->tokens[c->recent->token].quote != p->quote ? w[DSR_W_IN_QUOTE] : 0;
        score += r->speakers[p->quote] == c->recent->thing ? w[DSR_W_SPEAKER_IN_QUOTE] : 0;
    }
    score += c->last_of_sex ? w[DSR_W_LAST_OF_SEX] : 0;
    bool speaks = dsr_refer_is_cue(r, p->token + 1) || (p->token > 0 && dsr_refer_is_cue(r, p->token - 1));
    score += p->subject && speaks && c->recent->spoke ? w[DSR_W_SPOKE] : 0;
    score += p->subject && c->recent->subject && !same_sentence ? w[DSR_W_PARALLEL] : 0;
    return score;
}

static const dsr_refer_choice NOBODY = {.thing = DSR_NONE};

static dsr_refer_choice choose(const dsr_refer_state *r, const candidate *c, bool of_sex)
{
    dsr_tie subject = of_sex ? DSR_TIE_SUBJECT_OF_SEX : DSR_TIE_SUBJECT;
    dsr_tie before = of_sex ? DSR_TIE_BEFORE_OF_SEX : DSR_TIE_BEFORE;
    bool goes_on = c->last_of_sex && c->recent->how == DSR_BY_PRONOUN;
    return (dsr_refer_choice){c->recent->thing,
                              goes_on              ? DSR_TIE_GOES_ON
                              : c->recent->subject ? subject
                                                   : before,
                              dsr_refer_words(r, c->recent)};
}

static dsr_refer_choice find_person(const dsr_refer_state *r, const pronoun *p, size_t recent_end)
{
    candidate candidates[CANDIDATES];
    size_t count = collect(r, p, recent_end, candidates);
    size_t best = SIZE_MAX;
    int32_t best_score = 0;
    for (size_t i = 0; i < count; i++) {
        const dsr_refer_thing *thing = &r->things.items[candidates[i].recent->thing];
        if (thing->sex_by_title && thing->sex != 0 && thing->sex != p->sex) {
            continue;
        }
        int32_t score = weigh_person(r, p, &candidates[i]);
        if (best == SIZE_MAX || score > best_score) {
            best = i;
            best_score = score;
        }
    }
    /* All of another sex: it means somebody without a name. */
    if (best == SIZE_MAX || best_score <= r->weights[DSR_W_SEX_OTHER] / 2) {
        return NOBODY;
    }
    const dsr_refer_thing *thing = &r->things.items[candidates[best].recent->thing];
    return choose(r, &candidates[best], thing->sex == p->sex && !thing->sex_by_guess);
}

/* "It is clear that ...", "it rained": nobody is meant. */
static bool is_empty_it(const dsr_refer_state *r, const pronoun *p)
{
    return dsr_refer_is(r, p->token, "it") && !dsr_refer_is_cue(r, p->token + 1) &&
           dsr_refer_is_one_of(r, p->token + 1,
                               "is was 's \xe2\x80\x99s seems seemed appears appeared takes took");
}

static dsr_refer_choice find_thing(const dsr_refer_state *r, const pronoun *p, size_t recent_end)
{
    const int16_t *w = r->weights;
    candidate candidates[CANDIDATES];
    size_t count = collect(r, p, recent_end, candidates);
    size_t best = SIZE_MAX;
    int32_t best_score = 0;
    if (is_empty_it(r, p)) {
        return NOBODY;
    }
    for (size_t i = 0; i < count; i++) {
        bool body = r->things.items[candidates[i].recent->thing].type == DSR_NAME_ORG;
        int32_t score = weigh_common(r, p, &candidates[i], w) + w[body ? DSR_W_IT_BODY : DSR_W_IT_PLACE];
        score += !p->possessive && !p->subject ? w[DSR_W_IT_OBJECT] : 0;
        score += p->subject && dsr_refer_is_cue(r, p->token + 1) ? w[DSR_W_IT_VERB] : 0;
        if (best == SIZE_MAX || score > best_score) {
            best = i;
            best_score = score;
        }
    }
    int32_t least = w[p->possessive ? DSR_W_ITS_LEAST : DSR_W_IT_LEAST];
    return best != SIZE_MAX && best_score >= least ? choose(r, &candidates[best], false) : NOBODY;
}

/* Who speaks the words in which "I" stands. */
static dsr_refer_choice find_speaker(const dsr_refer_state *r, const pronoun *p)
{
    /* "we" of a person is mostly more than that person. */
    uint32_t speaker = r->speakers[p->quote];
    bool many = dsr_refer_is_one_of(r, p->token, "we us our ours ourselves");
    bool person = speaker != DSR_NONE && r->things.items[speaker].type == DSR_NAME_PER;
    if (speaker == DSR_NONE || many == person) {
        return NOBODY;
    }
    uint32_t named = r->things.items[speaker].fullest;
    dsr_span because = named != DSR_NONE ? r->report->names.items[named].span : (dsr_span){0, 0};
    return (dsr_refer_choice){speaker, DSR_TIE_SPEAKER, because};
}

dsr_refer_choice dsr_refer_pronoun(const dsr_refer_state *r, uint32_t token, size_t recent_end)
{
    pronoun p = read_pronoun(r, token);
    switch (p.kind) {
    case OF_PERSON:
        return find_person(r, &p, recent_end);
    case OF_THING:
        return find_thing(r, &p, recent_end);
    case OF_SPEAKER:
        return find_speaker(r, &p);
    case NO_PRONOUN:
        break;
    }
    return NOBODY;
}
