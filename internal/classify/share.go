package classify

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// Share does n independent pieces of work on all cores, a portion at a time.
func Share(n, portion int, work func(i int)) {
	var next atomic.Int64
	var group sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), (n+portion-1)/portion) {
		group.Go(func() {
			for start := int(next.Add(int64(portion))) - portion; start < n; start = int(next.Add(int64(portion))) - portion {
				for i := start; i < min(start+portion, n); i++ {
					work(i)
				}
			}
		})
	}
	group.Wait()
}
