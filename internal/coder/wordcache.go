package coder

import (
	"isnad"
	"isnad/internal/learn"
	"maps"
	"sync"
	"sync/atomic"
)

// wordCache remembers what is known of words; reading stays pure, since of the
// same word always the same is known. Readers share a map that never changes;
// new words go to a second one under a lock, which takes the first one's place
// when it has grown by a quarter. It stops growing at its limit. A sync.Map took
// 9 % of the time of reading, this takes 3 %.
type wordCache struct {
	old atomic.Pointer[map[string]*word]
	mu  sync.Mutex
	all map[string]*word
}

func (c *wordCache) get(norm string) *word {
	if m := c.old.Load(); m != nil {
		return (*m)[norm]
	}
	return nil
}

func (c *wordCache) put(norm string, w *word) *word {
	c.mu.Lock()
	defer c.mu.Unlock()
	if have := c.all[norm]; have != nil {
		return have
	}
	if len(c.all) >= wordCacheLimit {
		return w
	}
	if c.all == nil {
		c.all = map[string]*word{}
	}
	c.all[norm] = w
	old := c.old.Load()
	if old == nil || len(c.all) > len(*old)+len(*old)/4+256 {
		next := maps.Clone(c.all)
		c.old.Store(&next)
	}
	return w
}

// known finds a word that the shared map does not have yet.
func (c *wordCache) known(norm string) *word {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.all[norm]
}

const wordCacheLimit = 200_000

// dull is the probability of an event, as the word form alone tells it (model
// "dull", of wordFeatures only), under which a word is passed over: 65 % of the
// candidates on July 2015, with one event in a hundred.
const dull = 0.03

func (c *Coder) word(norm string, lang isnad.Lang) *word {
	cache := &c.words[0]
	if lang == isnad.English {
		cache = &c.words[1]
	}
	if w := cache.get(norm); w != nil {
		return w
	}
	if w := cache.known(norm); w != nil {
		return w
	}
	own := string([]byte(norm)) // not a slice of the article
	w := &word{function: c.morph.Function(own)}
	if lang == isnad.English {
		w.Word = c.morph.English(own)
	} else {
		w.Word = c.morph.Arabic(own)
	}
	w.key = key(w.Word)
	w.base, w.stem, w.skel = learn.String(w.Base), learn.String(w.key), learn.String(w.Skel)
	w.c1, w.c2 = c.clusters.of(w.Base)
	w.g1, w.g2 = c.clusters.ofStem(w.key)
	c.terms.know(w, lang)
	c.cues.know(w, own, lang)
	if c.trigger != nil {
		w.own = make([]float32, len(isnad.Types)+1)
		c.trigger.Score(wordFeatures(w, nil), w.own)
		var p [2]float32
		c.dullness.Score(wordFeatures(w, nil), p[:])
		learn.Softmax(p[:])
		w.dull = p[1] < dull
	}
	return cache.put(own, w)
}
