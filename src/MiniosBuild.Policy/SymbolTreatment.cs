namespace MiniosBuild.Policy;

/// <summary>What a policy does to names that no other rule settles.</summary>
public enum SymbolTreatment
{
    /// <summary>Names that must stay global move into the namespace; the rest become local.</summary>
    Rename,

    /// <summary>Names that must stay global stay as they are; the rest become local.</summary>
    Hide,
}
