namespace MiniosBuild.Renaming;

/// <summary>What a check of the plan may find about a name, in the order of the report.</summary>
internal enum PlanFindingKind : byte
{
    DefinedTwice,
    StrongHook,
    LocalUnique,
    LocalSignature,
    LocalGrouped,
    LocalCommon,
    LocalWeak,
    Version,
    PassedApart,
    NoIdentifier,
    ReservedTarget,
    ExistingTarget,
    TakenTarget,
}
