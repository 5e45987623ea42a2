/* Which names of persons name one person. Full names first, by what they share; then single words, each bound
 * to the one clearly meant. Must not know roles and pronouns. */
#include "annotate/refer_parts.h"

#include "base/hash.h"

/* People by the skeletons of their words, so that only look-alikes are compared. */
enum { LEAST_WORTH = 6 }; /* of dsr_person_has_word: a short form of the given name */

typedef struct link {
    uint32_t thing, next;
} link;

typedef struct people {
    dsr_refer_state *r;
    dsr_map *heads; /* skeleton -> link */
    DSR_LIST(link) links;
    uint32_t *latest; /* by thing: the latest mention so far, in the second pass; DSR_NONE */
    size_t latest_count;
} people;

static uint64_t skeleton_of(const people *p, dsr_slice word)
{
    char key[DSR_KEY_BYTES];
    size_t count = dsr_key_skeleton(p->r->persons.keys, word, key);
    return dsr_hash64((dsr_slice){key, count}, 21);
}

/* ---- titles and sex ---- */

static bool is_title(const dsr_refer_state *r, uint32_t token)
{
    if (r->tokens[token].kind != DSR_TOKEN_WORD || r->tokens[token].name != DSR_NONE) {
        return false;
    }
    return (dsr_refer_lists(r, token) & (DSR_GAZETTEER_TITLE | DSR_GAZETTEER_ROLE | DSR_GAZETTEER_KIN)) !=
               0 ||
           dsr_entity_words_part(r->persons.words, dsr_refer_token_text(r, token)) == DSR_PART_TITLE;
}

static void read_titles(dsr_refer_state *r, dsr_refer_mention *m)
{
    for (uint32_t back = 1; back <= 3 && back <= m->first; back++) {
        uint32_t token = m->first - back;
        if (r->tokens[token].sentence != r->tokens[m->first].sentence || !is_title(r, token)) {
            break;
        }
        char sex = dsr_entity_words_sex(r->persons.words, dsr_refer_token_text(r, token));
        m->person.regnal = m->person.regnal || dsr_person_is_regnal(dsr_refer_token_text(r, token));
        m->titled = m->titled || dsr_refer_is_one_of(r, token, "Mr Mr. Mrs Mrs. Ms Ms. Miss");
        m->sex = m->sex == 0 ? sex : m->sex;
    }
}

static void read_mention(dsr_refer_state *r, uint32_t i)
{
    dsr_refer_mention *m = &r->mentions[i];
    m->person = dsr_person_read(r->persons.words, dsr_refer_text(r, r->report->names.items[i].span));
    m->calling = DSR_NONE;
    if (m->first < m->end) {
        read_titles(r, m);
        m->calling = dsr_refer_calling(r, i);
        m->age = dsr_refer_age(r, i);
        dsr_refer_read_standing(r, m);
    }
}

char dsr_refer_sex_of_name(const dsr_refer_state *r, const dsr_person_name *name)
{
    char sex = 0;
    for (size_t i = 0; i + 1 < name->count && sex == 0; i++) {
        sex = dsr_refer_given_sex(r, name->words[i]);
    }
    return sex;
}

/* ---- things ---- */

static size_t weight_of(const dsr_person_name *name)
{
    size_t letters = 0;
    for (size_t i = 0; i < name->count; i++) {
        letters += name->words[i].len;
    }
    return name->count * 256 + letters;
}

static bool is_capitals(dsr_slice s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] >= 'a' && s.ptr[i] <= 'z') {
            return false;
        }
    }
    return true;
}

static dsr_status link_word(people *p, uint32_t thing, dsr_slice word)
{
    uint64_t key = skeleton_of(p, word);
    uint32_t head = dsr_map_get(p->heads, key);
    if (head != DSR_MAP_NONE && p->links.items[head].thing == thing) {
        return DSR_OK;
    }
    if (DSR_LIST_RESERVE(p->r->arena, &p->links, 1) != DSR_OK ||
        dsr_map_put(p->heads, key, (uint32_t)p->links.count) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    p->links.items[p->links.count++] = (link){thing, head};
    return DSR_OK;
}

/* Each word, and each part of a double one. */
static dsr_status link_words(people *p, uint32_t thing, const dsr_person_name *name)
{
    dsr_status status = DSR_OK;
    for (size_t i = 0; status == DSR_OK && i < name->count; i++) {
        dsr_slice rest = name->words[i];
        dsr_slice part;
        status = link_word(p, thing, rest);
        while (status == DSR_OK && dsr_slice_next_field(&rest, '-', &part)) {
            status = part.len > 2 && part.len < name->words[i].len ? link_word(p, thing, part) : DSR_OK;
        }
    }
    return status;
}

static bool sexes_differ(const dsr_refer_state *r, const dsr_refer_mention *m, const dsr_refer_thing *t)
{
    char sex = m->sex != 0 ? m->sex : dsr_refer_sex_of_name(r, &m->person);
    return sex != 0 && t->sex != 0 && !t->sex_by_guess && sex != t->sex;
}

static dsr_status join(people *p, uint32_t mention, uint32_t thing, dsr_tie tie)
{
    dsr_refer_state *r = p->r;
    const dsr_refer_mention *m = &r->mentions[mention];
    dsr_slice text = dsr_refer_text(r, r->report->names.items[mention].span);
    dsr_refer_join(r, mention, thing, tie);
    dsr_refer_thing *t = &r->things.items[thing];
    t->age = t->age == 0 ? m->age : t->age;
    if (!t->sex_by_title && m->person.count > 1 && sexes_differ(r, m, t)) {
        t->sex = 0; /* one of the two names misleads */
    }
    t->standing |= m->standing;
    t->full_names += m->person.count > 1;
    if (m->calling != DSR_NONE && t->calling_count < DSR_THING_ROLES) {
        t->callings[t->calling_count++] = m->calling;
    }
    if (m->address != 0 && t->address_count < DSR_THING_ROLES) {
        t->addresses[t->address_count++] = m->address;
    }
    if (m->sex != 0 && !t->sex_by_title) {
        t->sex = m->sex;
        t->sex_by_title = true;
        t->sex_by_guess = false;
    }
    bool shouted = is_capitals(t->canonical) && !is_capitals(text) && m->person.count >= t->person.count;
    if (weight_of(&m->person) > weight_of(&t->person) || shouted) {
        bool regnal = t->person.regnal;
        t->person = m->person;
        t->person.regnal = t->person.regnal || regnal;
        t->canonical = text;
        t->fullest = mention;
        char sex = dsr_refer_sex_of_name(r, &m->person);
        t->sex = t->sex_by_title || sex == 0 ? t->sex : sex;
        if (t->sex == 0 && m->person.count > 1 && dsr_slice_ends(m->person.words[0], DSR_SLICE("a"))) {
            t->sex = 'f';
            t->sex_by_guess = true;
        }
        return link_words(p, thing, &m->person);
    }
    return DSR_OK;
}

static dsr_status found(people *p, uint32_t mention)
{
    uint32_t thing;
    dsr_status status = dsr_refer_new_thing(p->r, DSR_NONE, &thing);
    if (status != DSR_OK) {
        return status;
    }
    p->r->things.items[thing].type = DSR_NAME_PER;
    return join(p, mention, thing, DSR_TIE_NONE);
}

typedef enum calling_fit { CALLING_UNSAID, CALLING_OTHER, CALLING_SAME } calling_fit;

/* The same word, or two of a family. */
static bool are_one_calling(const dsr_refer_state *r, uint32_t a, uint32_t b)
{
    dsr_slice one = dsr_refer_token_text(r, a);
    dsr_slice other = dsr_refer_token_text(r, b);
    uint32_t family = dsr_entity_words_family(r->persons.words, one);
    return dsr_slice_equal_nocase(one, other) ||
           (family != 0 && family == dsr_entity_words_family(r->persons.words, other));
}

/* Whether the office or calling beside a mention is one that the text gave the person before. */
static calling_fit fit_calling(const dsr_refer_state *r, const dsr_refer_mention *m, const dsr_refer_thing *t)
{
    calling_fit fit = CALLING_UNSAID;
    for (size_t i = 0; m->calling != DSR_NONE && i < t->calling_count && fit != CALLING_SAME; i++) {
        bool past = dsr_refer_is_past_office(r, t->callings[i]) && !dsr_refer_is_past_office(r, m->calling);
        fit = !past && are_one_calling(r, m->calling, t->callings[i]) ? CALLING_SAME : CALLING_OTHER;
    }
    return fit;
}

static bool has_title_of_sex(const dsr_refer_mention *m, const dsr_refer_thing *t)
{
    return m->sex != 0 && m->sex == t->sex && !t->sex_by_guess;
}

static bool has_address(const dsr_refer_mention *m, const dsr_refer_thing *t)
{
    for (size_t i = 0; i < t->address_count; i++) {
        if (m->address == t->addresses[i]) {
            return true;
        }
    }
    return false;
}

static bool ages_differ(const dsr_refer_mention *m, const dsr_refer_thing *t)
{
    return m->age != 0 && t->age != 0 && m->age != t->age;
}

/* ---- full names ---- */

/* What a full name of the text may mean. */
typedef struct choice {
    uint32_t best;  /* thing; DSR_NONE */
    bool equal;     /* its name is the same */
    bool ambiguous; /* two who are not one fit */
    uint32_t part;  /* thing whose name has all words of the other and more; DSR_NONE */
    bool parts;     /* several such */
    dsr_tie best_tie, part_tie;
} choice;

static bool is_in_sentence(const dsr_refer_state *r, const dsr_refer_mention *m, const dsr_refer_thing *t)
{
    const dsr_refer_mention *last = &r->mentions[t->last];
    return m->first < m->end && last->first < last->end &&
           r->tokens[m->first].sentence == r->tokens[last->first].sentence;
}

static dsr_tie tie_of(dsr_person_why why)
{
    switch (why) {
    case DSR_PERSON_WHY_EQUAL:
        return DSR_TIE_ORDER; /* the same letters: other words are joined otherwise */
    case DSR_PERSON_WHY_INITIAL:
        return DSR_TIE_INITIAL;
    case DSR_PERSON_WHY_SHORT:
        return DSR_TIE_SHORT_NAME;
    case DSR_PERSON_WHY_PART:
        return DSR_TIE_PART;
    case DSR_PERSON_WHY_TURNED:
        return DSR_TIE_ORDER;
    case DSR_PERSON_WHY_OTHER:
    case DSR_PERSON_WHY_RELATED:
    case DSR_PERSON_WHY_SPELLING:
    case DSR_PERSON_WHY_SUFFIX:
        break;
    }
    return DSR_TIE_SPELLING;
}

static void consider(const dsr_refer_state *r, const dsr_refer_mention *m, uint32_t thing, choice *c)
{
    const dsr_refer_thing *t = &r->things.items[thing];
    dsr_person_why why;
    dsr_person_match match = dsr_person_compare(&r->persons, &m->person, &t->person, &why);
    bool equal = match == DSR_PERSON_SAME && why == DSR_PERSON_WHY_EQUAL;
    /* A part of a name may look like a name of the other sex: "Suu Kyi" of "Aung San Suu Kyi". */
    bool same_words = match == DSR_PERSON_SAME && why == DSR_PERSON_WHY_PART && m->sex == 0;
    if (match < DSR_PERSON_POSSIBLE || thing == c->best || thing == c->part ||
        (!equal && !same_words && sexes_differ(r, m, t))) {
        return;
    }
    bool spelled = why == DSR_PERSON_WHY_SPELLING;
    bool part = match == DSR_PERSON_POSSIBLE && !spelled && m->person.count != t->person.count;
    /* "Ahmad Ali, a baker" and "Ahmed Ali, the judge": spelled and called otherwise. */
    if ((spelled && fit_calling(r, m, t) == CALLING_OTHER) || ages_differ(m, t)) {
        return;
    }
    /* A sentence that has "Mohamed Salah and Mohammed Saleh" speaks of two. */
    if ((spelled || part) && is_in_sentence(r, m, t)) {
        return;
    }
    if (part) {
        c->parts = c->parts || c->part != DSR_NONE;
        c->part = thing;
        c->part_tie = tie_of(why);
    }
    if (match != DSR_PERSON_SAME) {
        return;
    }
    if (c->best == DSR_NONE || (equal && !c->equal)) {
        c->best = thing;
        c->best_tie = tie_of(why);
        c->equal = equal;
        return;
    }
    const dsr_person_name *other = &r->things.items[c->best].person;
    c->ambiguous =
        c->ambiguous || dsr_person_compare(&r->persons, other, &t->person, NULL) == DSR_PERSON_OTHER;
}

/* The person of a full name. One that fits two joins neither: "George Bush" beside "George W. Bush" and
 * "George H. W. Bush". */
static uint32_t find_full(const people *p, const dsr_refer_mention *m, dsr_tie *tie)
{
    choice c = {.best = DSR_NONE, .part = DSR_NONE};
    for (size_t i = 0; i < m->person.count; i++) {
        uint32_t at = dsr_map_get(p->heads, skeleton_of(p, m->person.words[i]));
        for (int step = 0; at != DSR_MAP_NONE && step < DSR_CHAIN_MOST; step++) {
            consider(p->r, m, p->links.items[at].thing, &c);
            at = p->links.items[at].next;
        }
    }
    *tie = c.best != DSR_NONE ? c.best_tie : c.part_tie;
    if (c.best != DSR_NONE) {
        bool same = c.equal && p->r->things.items[c.best].person.count == m->person.count;
        return c.ambiguous && !same ? DSR_NONE : c.best;
    }
    return c.parts ? DSR_NONE : c.part;
}

/* Names that tell more first: they tell how many there are whom the others may mean. */
static dsr_status bind_full(people *p, bool more)
{
    dsr_refer_state *r = p->r;
    for (uint32_t i = 0; i < r->mention_count; i++) {
        dsr_refer_mention *m = &r->mentions[i];
        bool tells_more = m->person.count > 2 || m->person.generation != 0;
        if (r->report->names.items[i].type != DSR_NAME_PER || m->person.count < 2 || tells_more != more) {
            continue;
        }
        dsr_tie tie;
        uint32_t thing = find_full(p, m, &tie);
        dsr_status status = thing != DSR_NONE ? join(p, i, thing, tie) : found(p, i);
        if (status != DSR_OK) {
            return status;
        }
    }
    return DSR_OK;
}

/* ---- single words ---- */

static dsr_status make_latest(people *p)
{
    p->latest_count = p->r->things.count + p->r->mention_count;
    p->latest = dsr_arena_alloc_array(p->r->arena, p->latest_count + 1, sizeof *p->latest);
    for (size_t i = 0; p->latest != NULL && i < p->latest_count; i++) {
        p->latest[i] = DSR_NONE;
    }
    return p->latest != NULL ? DSR_OK : DSR_ERR_MEMORY;
}

/* Whom a single word may mean. */
typedef struct pick {
    uint32_t thing; /* DSR_NONE */
    unsigned rank;
    bool rivals;   /* others fit as well */
    uint32_t bare; /* thing of which the report has this word alone; DSR_NONE */
    bool unclear;  /* the last sentence has "John Harlow and Mary Harlow", and nothing tells which */
} pick;

static bool is_in_paragraph(const dsr_refer_state *r, const dsr_refer_mention *m, uint32_t mention)
{
    const dsr_refer_mention *other = &r->mentions[mention];
    return m->first < m->end && other->first < other->end &&
           r->paragraph_of[r->tokens[m->first].sentence] == r->paragraph_of[r->tokens[other->first].sentence];
}

/* Whether candidate `a` is meant rather than `b`. Whoever was named before goes first; inside a paragraph the
 * one named last and in a new paragraph the one whom the report named first have the better claim, unless
 * what the report says of them speaks against it. */
static bool is_meant_rather(const people *p, const dsr_refer_mention *m, uint32_t a, uint32_t b)
{
    const dsr_refer_state *r = p->r;
    uint32_t a_last = p->latest[a];
    uint32_t b_last = p->latest[b];
    if ((a_last != DSR_NONE) != (b_last != DSR_NONE)) {
        return a_last != DSR_NONE;
    }
    bool a_near = a_last != DSR_NONE && is_in_paragraph(r, m, a_last);
    bool b_near = b_last != DSR_NONE && is_in_paragraph(r, m, b_last);
    uint32_t nearer = a_near && (!b_near || a_last > b_last) ? a : b_near ? b : DSR_NONE;
    /* "Mrs. Harlow slept. Harlow woke." */
    bool goes_on = nearer != DSR_NONE && r->mentions[p->latest[nearer]].person.count == 1;
    int worth = dsr_refer_compare_bearers(r, m, (const uint32_t[2]){a, b}, nearer, goes_on);
    return worth != 0 ? worth > 0 : nearer == a || (nearer == DSR_NONE && a < b);
}

/* "John Harlow and Mary Harlow": both were named last, side by side. */
static bool are_side_by_side(const people *p, uint32_t a, uint32_t b)
{
    if (p->latest[a] == DSR_NONE || p->latest[b] == DSR_NONE) {
        return false;
    }
    uint32_t before = p->latest[a] < p->latest[b] ? p->latest[a] : p->latest[b];
    uint32_t after = p->latest[a] < p->latest[b] ? p->latest[b] : p->latest[a];
    const dsr_refer_mention *mentions = p->r->mentions;
    return mentions[before].end + 1 == mentions[after].first &&
           dsr_refer_is_one_of(p->r, mentions[before].end, "and or &");
}

/* How well a person goes with a single word; 0 not at all. */
static unsigned rank_of(const people *p, const dsr_refer_mention *m, const dsr_refer_thing *t)
{
    const dsr_refer_state *r = p->r;
    unsigned worth = dsr_person_has_word(&r->persons, &t->person, m->person.words[0]);
    bool apart = m->sex != 0 && t->sex != 0 && !t->sex_by_guess && m->sex != t->sex;
    if (worth < LEAST_WORTH || apart || ages_differ(m, t) ||
        !dsr_person_fits_single(&r->persons, &t->person, &m->person)) {
        return 0;
    }
    /* A surname beats a given name only after "Mr"; else the one named last is meant. */
    unsigned rank = worth / 4 * 4 + (m->titled ? worth % 4 : worth % 4 > 1);
    bool calling = fit_calling(r, m, t) == CALLING_SAME;
    unsigned title = has_address(m, t) ? 2u : has_title_of_sex(m, t) ? 1u : 0u;
    return 8 * rank + (calling ? 4u : 0u) + title;
}

/* The people who share a word's skeleton with a mention: the best of them, and how good it is. */
static void find_by(const people *p, const dsr_refer_mention *m, dsr_slice word, pick *best)
{
    uint32_t at = dsr_map_get(p->heads, skeleton_of(p, word));
    for (int step = 0; at != DSR_MAP_NONE && step < DSR_CHAIN_MOST; step++) {
        uint32_t thing = p->links.items[at].thing;
        at = p->links.items[at].next;
        unsigned rank = rank_of(p, m, &p->r->things.items[thing]);
        if (rank < best->rank || rank == 0 || thing == best->thing) {
            continue;
        }
        if (p->r->things.items[thing].person.count < 2) {
            best->bare = thing;
        }
        bool equal = rank == best->rank;
        bool beside = equal && are_side_by_side(p, thing, best->thing);
        if (!equal || is_meant_rather(p, m, thing, best->thing)) {
            *best = (pick){thing, rank, equal, best->bare, beside};
        } else {
            best->rivals = true;
            best->unclear = best->unclear || beside;
        }
    }
}

static bool are_equal(const dsr_refer_state *r, dsr_slice a, dsr_slice b)
{
    return dsr_word_compare(&r->persons, a, b) == DSR_WORD_EQUAL;
}

/* "Kim" of "Kim Jong Un". */
static bool has_surname_first(const dsr_refer_state *r, const dsr_refer_mention *m, const dsr_refer_thing *t)
{
    dsr_slice first = t->person.words[0];
    dsr_slice last = t->person.words[t->person.count - 1];
    return are_equal(r, m->person.words[0], first) &&
           (dsr_gazetteer_find_text(r->tables->gazetteer, first) & DSR_GAZETTEER_SURNAME) != 0 &&
           (dsr_gazetteer_find_text(r->tables->gazetteer, last) & DSR_GAZETTEER_SURNAME) == 0;
}

static dsr_tie tie_of_single(const dsr_refer_state *r, const dsr_refer_mention *m, const dsr_refer_thing *t)
{
    bool family =
        t->person.count < 2 || dsr_person_has_word(&r->persons, &t->person, m->person.words[0]) % 4 == 3;
    if (!family && !has_surname_first(r, m, t)) {
        return DSR_TIE_GIVEN_NAME;
    }
    return fit_calling(r, m, t) == CALLING_SAME ? DSR_TIE_SURNAME_ROLE
           : has_title_of_sex(m, t)             ? DSR_TIE_SURNAME_SEX
                                                : DSR_TIE_SURNAME;
}

/* Where the report calls one bearer of a surname by her given name, the surname alone is hardly hers; nor is
 * it sure to be the other's. */
static bool is_called_by_given(const dsr_refer_state *r, const dsr_refer_mention *m, uint32_t thing)
{
    enum { OFTEN = 2 };
    const dsr_refer_thing *t = &r->things.items[thing];
    return t->by_given >= OFTEN && t->person.count > 1 && m->calling == DSR_NONE && m->sex == 0 &&
           are_equal(r, m->person.words[0], t->person.words[t->person.count - 1]);
}

static void count_given(people *p)
{
    dsr_refer_state *r = p->r;
    for (uint32_t i = 0; i < r->mention_count; i++) {
        const dsr_refer_mention *m = &r->mentions[i];
        if (r->report->names.items[i].type != DSR_NAME_PER || m->person.count != 1) {
            continue;
        }
        uint32_t at = dsr_map_get(p->heads, skeleton_of(p, m->person.words[0]));
        for (int step = 0; at != DSR_MAP_NONE && step < DSR_CHAIN_MOST; step++) {
            dsr_refer_thing *t = &r->things.items[p->links.items[at].thing];
            at = p->links.items[at].next;
            t->by_given += t->person.count > 1 && are_equal(r, m->person.words[0], t->person.words[0]);
        }
    }
}

static uint32_t find_single(const people *p, const dsr_refer_mention *m, dsr_tie *tie)
{
    pick best = {.thing = DSR_NONE, .bare = DSR_NONE};
    dsr_slice word = m->person.words[0];
    find_by(p, m, word, &best);
    dsr_slice rest = word;
    dsr_slice part;
    while (dsr_slice_next_field(&rest, '-', &part)) {
        if (part.len > 2 && part.len < word.len) {
            find_by(p, m, part, &best);
        }
    }
    if (best.thing == DSR_NONE || (best.unclear && is_in_paragraph(p->r, m, p->latest[best.thing]))) {
        return DSR_NONE;
    }
    if (best.rivals && is_called_by_given(p->r, m, best.thing)) {
        *tie = DSR_TIE_SAME;
        return best.bare;
    }
    *tie = tie_of_single(p->r, m, &p->r->things.items[best.thing]);
    *tie = best.rivals && *tie == DSR_TIE_SURNAME ? DSR_TIE_SURNAME_SEVERAL : *tie;
    return best.thing;
}

static dsr_status bind_single(people *p)
{
    dsr_refer_state *r = p->r;
    for (uint32_t i = 0; i < r->mention_count; i++) {
        dsr_refer_mention *m = &r->mentions[i];
        if (r->report->names.items[i].type != DSR_NAME_PER) {
            continue;
        }
        dsr_status status = DSR_OK;
        if (m->thing == DSR_NONE) {
            dsr_tie tie = DSR_TIE_NONE;
            uint32_t alias = m->alias_of != DSR_NONE ? r->mentions[m->alias_of].thing : DSR_NONE;
            tie = alias != DSR_NONE ? m->alias_tie : tie;
            uint32_t thing = alias != DSR_NONE     ? alias
                             : m->person.count > 0 ? find_single(p, m, &tie)
                                                   : DSR_NONE;
            status = thing != DSR_NONE ? join(p, i, thing, tie) : found(p, i);
        }
        if (status != DSR_OK) {
            return status;
        }
        p->latest[m->thing] = i;
    }
    return DSR_OK;
}

dsr_status dsr_refer_people(dsr_refer_state *r)
{
    people p = {.r = r, .heads = dsr_map_new(64)};
    if (p.heads == NULL) {
        return DSR_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < r->mention_count; i++) {
        if (r->report->names.items[i].type == DSR_NAME_PER) {
            read_mention(r, i);
        }
    }
    dsr_status status = bind_full(&p, true);
    if (status == DSR_OK) {
        status = bind_full(&p, false);
    }
    if (status == DSR_OK) {
        status = make_latest(&p);
    }
    if (status == DSR_OK) {
        count_given(&p);
        status = bind_single(&p);
    }
    dsr_map_drop(p.heads);
    return status;
}
