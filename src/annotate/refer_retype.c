/* Names that are of another type than they look by themselves, and other names that the report itself says
 * somebody has: "the Hilton in Paris" is no person, "the Indians" of Cleveland no people, "MBS" no body where
 * Mohammed bin Salman was named before; "Joko Widodo, known as Jokowi". Must not know things. */
#include "annotate/refer_parts.h"

#include "base/hash.h"

typedef struct retyping {
    dsr_refer_state *r;
    dsr_map *full;      /* hash of a person's last word -> 1: a full name of it stood before */
    dsr_map *initials;  /* hash of a person's initials -> the mention; AMBIGUOUS */
    dsr_map *last_word; /* hash of a body's last word -> the mention */
    dsr_map *places;    /* hash of a place's name -> 1 */
    dsr_map *aliases;   /* hash of another name -> the mention whose it is */
} retyping;
enum { AMBIGUOUS = 0x7fffffff };

static dsr_slice text_of(const retyping *t, uint32_t mention)
{
    return dsr_refer_text(t->r, t->r->report->names.items[mention].span);
}

static dsr_slice last_word_of(dsr_slice name)
{
    size_t start = name.len;
    while (start > 0 && name.ptr[start - 1] != ' ') {
        start--;
    }
    return dsr_slice_part(name, start, name.len);
}

static bool is_single(const retyping *t, uint32_t mention)
{
    const dsr_refer_mention *m = &t->r->mentions[mention];
    return m->first + 1 == m->end;
}

static bool follows_article(const retyping *t, uint32_t mention)
{
    uint32_t first = t->r->mentions[mention].first;
    return first > 0 && dsr_refer_is(t->r, first - 1, "the") &&
           t->r->tokens[first - 1].sentence == t->r->tokens[first].sentence;
}

/* "MBS": three capitals and more; nothing in particular where it is not so. */
static uint64_t capitals_of(dsr_slice word)
{
    enum { LEAST = 3, MOST = 5 };
    for (size_t i = 0; i < word.len; i++) {
        if (word.ptr[i] < 'A' || word.ptr[i] > 'Z') {
            return 0;
        }
    }
    return word.len >= LEAST && word.len <= MOST ? dsr_hash64(word, 5) : 0;
}

/* Of "Mohammed bin Salman"; particles count. */
static uint64_t initials_of(dsr_slice name)
{
    enum { MOST = 5 };
    char letters[MOST];
    size_t count = 0;
    dsr_slice word;
    while (dsr_slice_next_field(&name, ' ', &word)) {
        char c = word.len > 0 ? (char)(word.ptr[0] & ~0x20) : '\0';
        if (count == MOST || c < 'A' || c > 'Z') {
            return 0;
        }
        letters[count++] = c;
    }
    return count > 2 ? dsr_hash64((dsr_slice){letters, count}, 5) : 0;
}

static dsr_status note(retyping *t, uint32_t mention)
{
    dsr_name_type type = t->r->report->names.items[mention].type;
    dsr_slice name = text_of(t, mention);
    dsr_slice last = last_word_of(name);
    uint64_t key = dsr_hash64(last, 0);
    if (last.len == name.len) {
        return DSR_OK;
    }
    if (type == DSR_NAME_ORG) {
        return dsr_map_put(t->last_word, key, mention);
    }
    if (type != DSR_NAME_PER) {
        return DSR_OK;
    }
    uint64_t initials = initials_of(name);
    uint32_t before = initials != 0 ? dsr_map_get(t->initials, initials) : 0;
    bool other =
        before != DSR_MAP_NONE && (before == AMBIGUOUS || !dsr_slice_equal(text_of(t, before), name));
    if (initials != 0 && dsr_map_put(t->initials, initials, other ? AMBIGUOUS : mention) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    return dsr_map_put(t->full, key, 1);
}

/* "Joko Widodo, popularly known as Jokowi": the mention before whose other name it is; DSR_NONE. */
static uint32_t said_to_be(const retyping *t, uint32_t mention)
{
    enum { WORDS = 6 };
    const dsr_refer_state *r = t->r;
    if (mention == 0 || r->mentions[mention].first < 3) {
        return DSR_NONE;
    }
    const dsr_refer_mention *m = &r->mentions[mention];
    const dsr_refer_mention *before = &r->mentions[mention - 1];
    bool known = dsr_refer_is(r, m->first - 1, "as") && dsr_refer_is(r, m->first - 2, "known");
    bool called = dsr_refer_is_one_of(r, m->first - 1, "nicknamed dubbed aka");
    uint32_t verb = known ? m->first - 2 : m->first - 1;
    if (!(known || called) || before->end > verb || verb - before->end > WORDS ||
        before->first + 1 >= before->end ||
        r->tokens[before->first].sentence != r->tokens[m->first].sentence) {
        return DSR_NONE;
    }
    uint32_t at = before->end + (dsr_refer_is(r, before->end, ",") ? 1 : 0);
    while (at < verb && dsr_refer_is_one_of(r, at,
                                            "who is was also better popularly widely commonly best "
                                            "universally often simply mostly more")) {
        at++;
    }
    return at == verb && r->report->names.items[mention - 1].type == DSR_NAME_PER ? mention - 1 : DSR_NONE;
}

static bool is_person_or_body(dsr_name_type type)
{
    return type == DSR_NAME_PER || type == DSR_NAME_ORG;
}

/* Another name of somebody named before: said to be so here or earlier, or his initials. */
static dsr_status find_alias(retyping *t, uint32_t mention)
{
    dsr_refer_state *r = t->r;
    dsr_name *name = &r->report->names.items[mention];
    dsr_slice text = text_of(t, mention);
    uint64_t key = dsr_hash64(text, 0);
    if (!is_person_or_body(name->type) || !is_single(t, mention)) {
        return DSR_OK;
    }
    uint32_t whose = said_to_be(t, mention);
    dsr_status status = whose != DSR_NONE ? dsr_map_put(t->aliases, key, whose) : DSR_OK;
    uint32_t said = dsr_map_get(t->aliases, key);
    if (said != DSR_MAP_NONE) {
        name->type = DSR_NAME_PER;
        r->mentions[mention].alias_of = said;
        r->mentions[mention].alias_tie = DSR_TIE_SAID;
        return status;
    }
    uint64_t capitals = name->type == DSR_NAME_ORG ? capitals_of(text) : 0;
    uint32_t initials = capitals != 0 ? dsr_map_get(t->initials, capitals) : DSR_MAP_NONE;
    uint32_t lists = dsr_gazetteer_find_text(r->tables->gazetteer, text);
    bool body = (lists & (DSR_GAZETTEER_SHORT | DSR_GAZETTEER_BODY | DSR_GAZETTEER_PRESS)) != 0;
    bool bracket = dsr_refer_is(r, r->mentions[mention].end, ")");
    if (initials != DSR_MAP_NONE && initials != AMBIGUOUS && !body && !bracket) {
        name->type = DSR_NAME_PER;
        r->mentions[mention].alias_of = initials;
        r->mentions[mention].alias_tie = DSR_TIE_INITIALS;
    }
    return status;
}

/* "the Indians", where "Cleveland Indians" was named before. */
static void find_team(retyping *t, uint32_t mention)
{
    dsr_slice text = text_of(t, mention);
    dsr_name *name = &t->r->report->names.items[mention];
    bool plural = text.len > 3 && text.ptr[text.len - 1] == 's';
    uint32_t team = dsr_map_get(t->last_word, dsr_hash64(text, 0));
    if (name->type == DSR_NAME_NORP && is_single(t, mention) && plural && team != DSR_MAP_NONE &&
        follows_article(t, mention)) {
        name->type = DSR_NAME_ORG;
        t->r->mentions[mention].alias_of = team;
        t->r->mentions[mention].alias_tie = DSR_TIE_WORD;
    }
}

/* "Jordan's army", "Jordan signed a treaty", after Michael Jordan. */
static bool acts_as_state(const dsr_refer_state *r, const dsr_refer_mention *m, dsr_slice text)
{
    if ((dsr_gazetteer_find_text(r->tables->gazetteer, text) & DSR_GAZETTEER_COUNTRY) == 0) {
        return false;
    }
    if (dsr_refer_is_possessive(r, m->end)) {
        return dsr_refer_is_one_of(
            r, m->end + 1,
            "army government parliament military forces border borders cabinet economy "
            "king queen president premier police navy foreign ruling capital");
    }
    return dsr_refer_is_one_of(r, m->end, "signed ratified joined") &&
           dsr_refer_is_one_of(r, m->end + 2, "treaty accord pact convention alliance");
}

/* "the Hilton in Paris"; "Washington warned Tehran", where the city stands elsewhere and nobody of that name
 * did before. */
static void find_place(retyping *t, uint32_t mention)
{
    const dsr_refer_state *r = t->r;
    const dsr_refer_mention *m = &r->mentions[mention];
    dsr_name *name = &t->r->report->names.items[mention];
    if (name->type != DSR_NAME_PER || !is_single(t, mention)) {
        return;
    }
    uint64_t key = dsr_hash64(text_of(t, mention), 0);
    if (follows_article(t, mention) && dsr_refer_is_one_of(r, m->end, "in at on near") &&
        r->tokens[m->end].sentence == r->tokens[m->first].sentence) {
        name->type = DSR_NAME_FAC;
    } else if (acts_as_state(r, m, text_of(t, mention)) ||
               (dsr_map_get(t->places, key) != DSR_MAP_NONE && dsr_map_get(t->full, key) == DSR_MAP_NONE)) {
        name->type = DSR_NAME_GPE;
    }
}

static dsr_status note_places(retyping *t)
{
    const dsr_refer_state *r = t->r;
    dsr_status status = DSR_OK;
    for (uint32_t i = 0; status == DSR_OK && i < r->mention_count; i++) {
        dsr_name_type type = r->report->names.items[i].type;
        dsr_slice text = text_of(t, i);
        if (type == DSR_NAME_GPE) {
            status = dsr_map_put(t->places, dsr_hash64(text, 0), 1);
        }
        /* A team may be named in full after "the Indians" already. */
        uint32_t lists = type == DSR_NAME_ORG ? dsr_gazetteer_find_text(r->tables->gazetteer, text) : 0;
        dsr_slice last = last_word_of(text);
        if (status == DSR_OK && (lists & DSR_GAZETTEER_TEAM) != 0 && last.len < text.len) {
            status = dsr_map_put(t->last_word, dsr_hash64(last, 0), i);
        }
    }
    return status;
}

static dsr_status retype_all(retyping *t)
{
    const dsr_refer_state *r = t->r;
    dsr_status status = note_places(t);
    for (uint32_t i = 0; status == DSR_OK && i < r->mention_count; i++) {
        if (r->mentions[i].first >= r->mentions[i].end) {
            continue;
        }
        find_team(t, i);
        find_place(t, i);
        status = find_alias(t, i);
        if (status == DSR_OK) {
            status = note(t, i);
        }
    }
    return status;
}

dsr_status dsr_refer_retype(dsr_refer_state *r)
{
    dsr_name_type *types = dsr_arena_alloc_array(r->arena, r->mention_count + 1, sizeof *types);
    retyping t = {r, dsr_map_new(64), dsr_map_new(16), dsr_map_new(16), dsr_map_new(16), dsr_map_new(16)};
    bool made = types != NULL && t.full != NULL && t.initials != NULL && t.last_word != NULL &&
                t.places != NULL && t.aliases != NULL;
    for (size_t i = 0; i < r->mention_count; i++) {
        r->mentions[i].alias_of = DSR_NONE;
        if (made) {
            types[i] = r->report->names.items[i].type;
        }
    }
    r->types = made ? types : NULL;
    dsr_status status = made ? retype_all(&t) : DSR_ERR_MEMORY;
    dsr_map_drop(t.full);
    dsr_map_drop(t.initials);
    dsr_map_drop(t.last_word);
    dsr_map_drop(t.places);
    dsr_map_drop(t.aliases);
    return status;
}
