// The system's libedit (Debian: libedit-dev). Its functions take variable arguments, which Swift cannot pass: here are
// those calls of it that LAI makes.
#include <histedit.h>
#include <stdint.h>
#include <stdio.h>

/// What an editor asks its owner. All are called on the thread that reads a line.
struct cel_owner {
    void *self;
    /// The next character: 1 with one, 0 at the end, -1 for a mistake.
    int (*read)(void *self, uint32_t *character);
    /// Does what the owner's key stands for; returns a CC_ constant of libedit, as the next two do.
    int (*act)(void *self);
    int (*complete)(void *self);
    int (*compose)(void *self);
    /// The prompt; what stands between two characters 1 takes no room.
    char *(*prompt)(void *self);
};

/// The key that calls `act`: Ctrl-^, which libedit leaves free.
#define CEL_ACT_KEY 0x1E

static inline const struct cel_owner *cel_owner_of(EditLine *el) {
    void *owner = NULL;
    el_get(el, EL_CLIENTDATA, &owner);
    return owner;
}

static int cel_read(EditLine *el, wchar_t *character) {
    const struct cel_owner *owner = cel_owner_of(el);
    uint32_t value = 0;
    int count = owner->read(owner->self, &value);
    *character = (wchar_t)value;
    return count;
}

static unsigned char cel_act(EditLine *el, int key) {
    (void)key;
    const struct cel_owner *owner = cel_owner_of(el);
    return (unsigned char)owner->act(owner->self);
}

static unsigned char cel_complete(EditLine *el, int key) {
    (void)key;
    const struct cel_owner *owner = cel_owner_of(el);
    return (unsigned char)owner->complete(owner->self);
}

static unsigned char cel_compose(EditLine *el, int key) {
    (void)key;
    const struct cel_owner *owner = cel_owner_of(el);
    return (unsigned char)owner->compose(owner->self);
}

static char *cel_prompt(EditLine *el) {
    const struct cel_owner *owner = cel_owner_of(el);
    return owner->prompt(owner->self);
}

static inline void cel_bind(EditLine *el, const char *key, const char *function) {
    el_set(el, EL_BIND, key, function, NULL);
}

/// Sets an editor up: emacs keys unless ~/.editrc says otherwise, and the owner's over both.
static inline void cel_set_up(EditLine *el, const struct cel_owner *owner, History *list) {
    el_set(el, EL_CLIENTDATA, (void *)owner);
    el_set(el, EL_EDITOR, "emacs");
    el_set(el, EL_SIGNAL, 0);
    // Ctrl-C is a key like others, in its place among them.
    el_set(el, EL_SETTY, "-d", "-isig", NULL);
    // The two line ends of some pasted texts are told from two lines.
    el_set(el, EL_SETTY, "-d", "-icrnl", "-inlcr", NULL);
    el_set(el, EL_HIST, history, list);
    el_set(el, EL_GETCFN, cel_read);
    el_set(el, EL_PROMPT_ESC, cel_prompt, 1);
    el_set(el, EL_ADDFN, "lai-act", "What LAI's own keys do", cel_act);
    el_set(el, EL_ADDFN, "lai-complete", "Complete a command or its argument", cel_complete);
    el_set(el, EL_ADDFN, "lai-compose", "Write the message in $EDITOR", cel_compose);
    // Between two lines the owner has the terminal: nothing that is typed then may be shown, or mean the end.
    el_set(el, EL_SETTY, "-x", "-icanon", "-echo", NULL);
    cel_bind(el, "^R", "em-inc-search-prev");
    cel_bind(el, "^X^E", "lai-compose");
    cel_bind(el, "\\e[3~", "ed-delete-next-char");
    cel_bind(el, "\\e[1~", "ed-move-to-beg");
    cel_bind(el, "\\e[4~", "ed-move-to-end");
    cel_bind(el, "\\e[1;5C", "em-next-word");
    cel_bind(el, "\\e[1;5D", "ed-prev-word");
    cel_bind(el, "^I", "lai-complete");
    el_source(el, NULL);
    cel_bind(el, "^^", "lai-act");
    el_set(el, EL_BIND, "-a", "^^", "lai-act", NULL);
}

/// Puts the terminal into the editor's mode, or back.
static inline void cel_prepare_terminal(EditLine *el, int isPrepared) { el_set(el, EL_PREP_TERM, isPrepared); }

static inline void cel_history_set_up(History *list, int size) {
    HistEvent event;
    history(list, &event, H_SETSIZE, size);
    history(list, &event, H_SETUNIQUE, 1);
}

static inline void cel_history_enter(History *list, const char *line) {
    HistEvent event;
    history(list, &event, H_ENTER, line);
}
