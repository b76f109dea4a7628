// Each boot keeps a core busy; guests that measure time must not share it.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
