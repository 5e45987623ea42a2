/* Whom "the Ukrainian leader", "the minister" and "the party" mean: those whose roles and names fit, weighed
 * by closed features. Weights in refer_weights.c. Must not know pronouns. */
#include "annotate/refer_parts.h"

enum { CANDIDATES = 24, MENTIONS_COUNTED = 8, SENTENCES_FAR = 8, FORMER_NEAR = 3, REALM_NEAR = 3 };

static uint32_t sentences_since(const dsr_refer_state *r, uint32_t token, const dsr_refer_recent *recent)
{
    uint32_t away = r->tokens[token].sentence - r->tokens[recent->token].sentence;
    return away < SENTENCES_FAR ? away : SENTENCES_FAR;
}

/* The latest mentions of different things of a type before the phrase. */
static size_t collect(const dsr_refer_state *r, dsr_name_type type, const dsr_refer_recent *out[CANDIDATES])
{
    size_t count = 0;
    for (size_t i = r->recent.count;
         i-- > 0 && count < CANDIDATES && r->recent.count - i < 4 * DSR_RECENT_MOST;) {
        const dsr_refer_recent *recent = &r->recent.items[i];
        bool known = r->things.items[recent->thing].type != type;
        for (size_t j = 0; j < count && !known; j++) {
            known = out[j]->thing == recent->thing;
        }
        if (!known) {
            out[count++] = recent;
        }
    }
    return count;
}

typedef struct fit {
    bool same, family, none; /* how the head goes with a candidate's roles */
    bool place, other_place;
    uint32_t role; /* the token of the role with which it goes best; DSR_NONE */
} fit;

static bool is_word_of(const dsr_refer_state *r, uint32_t a, uint32_t b)
{
    return dsr_slice_equal_nocase(dsr_refer_token_text(r, a), dsr_refer_token_text(r, b));
}

/* The country of a thing: a country's own code, a body's, a city's. */
static dsr_slice country_of(const dsr_refer_state *r, uint32_t thing)
{
    const dsr_known_thing *known = r->things.items[thing].known;
    return known != NULL ? known->country : DSR_SLICE_NONE;
}

static bool is_same_place(const dsr_refer_state *r, uint32_t a, uint32_t b)
{
    dsr_slice one = country_of(r, a);
    return a == b || (one.len > 0 && dsr_slice_equal(one, country_of(r, b)));
}

static fit fit_of(const dsr_refer_state *r, const dsr_refer_phrase *phrase, const dsr_refer_thing *thing)
{
    fit f = {.none = thing->role_count == 0, .role = DSR_NONE};
    dsr_slice head = dsr_refer_token_text(r, phrase->head);
    uint32_t family = dsr_entity_words_family(r->persons.words, head);
    for (size_t i = 0; i < thing->role_count; i++) {
        dsr_slice role = dsr_refer_token_text(r, thing->roles[i]);
        bool same = is_word_of(r, phrase->head, thing->roles[i]);
        bool alike = family != 0 && family == dsr_entity_words_family(r->persons.words, role);
        f.role = (same && !f.same) || (alike && f.role == DSR_NONE) ? thing->roles[i] : f.role;
        f.same = f.same || same;
        f.family = f.family || alike;
    }
    for (uint32_t t = phrase->first; t < phrase->end; t++) {
        uint32_t name = r->tokens[t].name;
        if (name == DSR_NONE || r->report->names.items[name].type == DSR_NAME_PER) {
            continue;
        }
        bool found = false;
        for (size_t i = 0; i < thing->place_count; i++) {
            found = found || is_same_place(r, thing->places[i], r->mentions[name].thing);
        }
        f.place = f.place || found;
        f.other_place = f.other_place || (!found && thing->place_count > 0);
    }
    return f;
}

static int32_t weigh(const dsr_refer_state *r, const dsr_refer_phrase *phrase, const dsr_refer_recent *recent)
{
    const int16_t *w = r->weights;
    const dsr_refer_thing *thing = &r->things.items[recent->thing];
    fit f = fit_of(r, phrase, thing);
    uint32_t named = thing->mentions < MENTIONS_COUNTED ? thing->mentions : MENTIONS_COUNTED;
    int32_t score = (int32_t)sentences_since(r, phrase->head, recent) * w[DSR_W_ROLE_SENTENCE] +
                    (int32_t)named * w[DSR_W_ROLE_MENTIONS] + (recent->subject ? w[DSR_W_ROLE_SUBJECT] : 0);
    score += f.same ? w[DSR_W_ROLE_HEAD] : f.family ? w[DSR_W_ROLE_FAMILY] : 0;
    score += f.none ? w[DSR_W_ROLE_NO_ROLE] : !f.same && !f.family ? w[DSR_W_ROLE_OTHER] : 0;
    score += f.place ? w[DSR_W_ROLE_PLACE] : f.other_place ? w[DSR_W_ROLE_OTHER_PLACE] : 0;
    char sex = dsr_entity_words_sex(r->persons.words, dsr_refer_token_text(r, phrase->head));
    score += sex != 0 && thing->sex != 0 && sex != thing->sex ? w[DSR_W_ROLE_SEX_OTHER] : 0;
    return score;
}

static dsr_refer_choice choose(const dsr_refer_state *r, const dsr_refer_phrase *phrase,
                               const dsr_refer_recent *recent)
{
    fit f = fit_of(r, phrase, &r->things.items[recent->thing]);
    if (f.role != DSR_NONE) {
        return (dsr_refer_choice){recent->thing, f.same ? DSR_TIE_ROLE : DSR_TIE_ROLE_LIKE,
                                  r->tokens[f.role].span};
    }
    return (dsr_refer_choice){recent->thing, f.place ? DSR_TIE_ROLE_PLACE : DSR_TIE_ROLE_NEAR,
                              dsr_refer_words(r, recent)};
}

static const dsr_refer_choice NOBODY = {.thing = DSR_NONE};

static bool is_former(const dsr_refer_state *r, uint32_t first, uint32_t role)
{
    for (uint32_t t = role; t > first && role - t < FORMER_NEAR; t--) {
        if (dsr_refer_is_one_of(r, t - 1, "former ex previous")) {
            return true;
        }
    }
    return false;
}

/* Whose mayor: the thing behind "of" at a role's head; NONE. */
static uint32_t realm_of(const dsr_refer_state *r, uint32_t head)
{
    if (head + 1 >= r->token_count || !dsr_refer_is_one_of(r, head + 1, "of")) {
        return DSR_NONE;
    }
    for (uint32_t t = head + 2; t < r->token_count && t < head + 2 + REALM_NEAR; t++) {
        if (r->tokens[t].name != DSR_NONE) {
            return r->mentions[r->tokens[t].name].thing;
        }
    }
    return DSR_NONE;
}

/* "the mayor of York" is not who is mayor of Leeds, nor is "the former mayor" who is mayor. */
static bool is_another(const dsr_refer_state *r, const dsr_refer_phrase *phrase, const fit *f)
{
    if (!f->same) {
        return false;
    }
    uint32_t start = r->sentence_starts[r->tokens[f->role].sentence];
    bool former = is_former(r, phrase->first, phrase->head) && !is_former(r, start, f->role);
    uint32_t own = realm_of(r, phrase->head);
    uint32_t other = realm_of(r, f->role);
    bool elsewhere = own != DSR_NONE && other != DSR_NONE && own != other;
    return elsewhere || former;
}

dsr_refer_choice dsr_refer_described(const dsr_refer_state *r, const dsr_refer_phrase *phrase)
{
    const dsr_refer_recent *candidates[CANDIDATES];
    size_t count = collect(r, DSR_NAME_PER, candidates);
    size_t best = SIZE_MAX;
    int32_t best_score = 0;
    bool kin = (dsr_refer_lists(r, phrase->head) & DSR_GAZETTEER_KIN) != 0;
    for (size_t i = 0; i < count; i++) {
        int32_t score = weigh(r, phrase, candidates[i]);
        bool owner = phrase->owner != DSR_NONE && r->who[phrase->owner] == candidates[i]->thing;
        fit f = fit_of(r, phrase, &r->things.items[candidates[i]->thing]);
        bool fits = (!kin || f.same) && !is_another(r, phrase, &f);
        if (!owner && fits && (best == SIZE_MAX || score > best_score)) {
            best = i;
            best_score = score;
        }
    }
    bool enough = best != SIZE_MAX && best_score >= r->weights[DSR_W_ROLE_LEAST];
    return enough ? choose(r, phrase, candidates[best]) : NOBODY;
}

typedef enum body_fit { BODY_UNKNOWN, BODY_OTHER, BODY_FAMILY, BODY_SAME } body_fit;

/* How a word goes with what a body is called or said to be. */
static body_fit fit_of_word(const dsr_refer_state *r, dsr_slice word, uint32_t family, dsr_slice part)
{
    if (dsr_slice_equal_nocase(part, word)) {
        return BODY_SAME;
    }
    uint32_t other = dsr_entity_words_family(r->persons.words, part);
    return other == 0 ? BODY_UNKNOWN : other == family ? BODY_FAMILY : BODY_OTHER;
}

/* By the words of the body's name, of its roles, and by its kind in the gazetteer: the best of them. */
static body_fit names_body(const dsr_refer_state *r, const dsr_refer_thing *thing, uint32_t head)
{
    dsr_slice word = dsr_refer_token_text(r, head);
    uint32_t family = dsr_entity_words_family(r->persons.words, word);
    dsr_slice rest = thing->canonical;
    dsr_slice part;
    body_fit best =
        thing->known != NULL ? fit_of_word(r, word, family, thing->known->body_kind) : BODY_UNKNOWN;
    while (dsr_slice_next_field(&rest, ' ', &part)) {
        body_fit own = fit_of_word(r, word, family, part);
        best = own > best ? own : best;
    }
    for (size_t i = 0; i < thing->role_count; i++) {
        body_fit own = fit_of_word(r, word, family, dsr_refer_token_text(r, thing->roles[i]));
        best = own > best ? own : best;
    }
    return best;
}

dsr_refer_choice dsr_refer_described_body(const dsr_refer_state *r, const dsr_refer_phrase *phrase)
{
    const dsr_refer_recent *candidates[CANDIDATES];
    size_t count = collect(r, DSR_NAME_ORG, candidates);
    const int16_t *w = r->weights;
    const int32_t by_fit[] = {[BODY_UNKNOWN] = w[DSR_W_BODY_UNKNOWN],
                              [BODY_OTHER] = w[DSR_W_BODY_OTHER],
                              [BODY_FAMILY] = w[DSR_W_BODY_FAMILY],
                              [BODY_SAME] = w[DSR_W_BODY_HEAD]};
    size_t best = SIZE_MAX;
    int32_t best_score = 0;
    for (size_t i = 0; i < count; i++) {
        const dsr_refer_thing *thing = &r->things.items[candidates[i]->thing];
        uint32_t named = thing->mentions < MENTIONS_COUNTED ? thing->mentions : MENTIONS_COUNTED;
        int32_t score = (int32_t)sentences_since(r, phrase->head, candidates[i]) * w[DSR_W_ROLE_SENTENCE] +
                        (int32_t)named * w[DSR_W_ROLE_MENTIONS] +
                        (candidates[i]->subject ? w[DSR_W_ROLE_SUBJECT] : 0) +
                        by_fit[names_body(r, thing, phrase->head)] + (i == 0 ? w[DSR_W_BODY_NEAREST] : 0);
        if (best == SIZE_MAX || score > best_score) {
            best = i;
            best_score = score;
        }
    }
    if (best == SIZE_MAX || best_score < w[DSR_W_BODY_LEAST]) {
        return NOBODY;
    }
    body_fit fits = names_body(r, &r->things.items[candidates[best]->thing], phrase->head);
    dsr_tie tie = fits == BODY_SAME     ? DSR_TIE_BODY_WORD
                  : fits == BODY_FAMILY ? DSR_TIE_BODY_LIKE
                                        : DSR_TIE_BODY_NEAR;
    uint32_t fullest = r->things.items[candidates[best]->thing].fullest;
    dsr_span because = tie == DSR_TIE_BODY_NEAR || fullest == DSR_NONE ? dsr_refer_words(r, candidates[best])
                                                                       : r->report->names.items[fullest].span;
    return (dsr_refer_choice){candidates[best]->thing, tie, because};
}
