namespace MiniosBuild.Renaming.Planning;

/// <summary>Why a name got its outcome; the words are made when somebody reads them.</summary>
internal enum ReasonKind : byte
{
    CompilerMade,
    LinkerMade,
    AssemblerLabel,
    Kept,
    Hook,
    Spelled,
    InsidePublic,
    InsideInternal,
    Passed,
    Rule,
    PrivateLibc,
    CName,
    Driver,
    DeclaredVariable,
    PublicVariable,
    NeededVariable,
    MarkedVariable,
    ListedVariable,
    UsedVariable,
    UnusedVariable,
    DeclaredFunction,
    PublicFunction,
    NeededFunction,
    MarkedFunction,
    ListedFunction,
    UsedFunction,
    UnusedFunction,
}
