package memstore_test

import (
	"testing"
	"time"

	"go.uber.org/goleak"

	"passdesk/internal/store"
	"passdesk/internal/store/memstore"
	"passdesk/internal/store/storetest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestContract(t *testing.T) {
	storetest.Run(t, func(testing.TB) (store.Store, func() store.Store) { return memstore.New(), nil })
}

func TestClock(t *testing.T) {
	noon := time.Date(2026, 1, 2, 12, 0, 0, 999, time.UTC)
	s := memstore.NewWithClock(func() time.Time { return noon })
	if now, err := s.Now(t.Context()); err != nil || !now.Equal(noon.Truncate(time.Microsecond)) {
		t.Errorf("Now() = %v, %v", now, err)
	}
}
