using MiniosBuild.ObjectFormats.Dwarf;

namespace MiniosBuild.Linking;

/// <summary>Where a finding about a link is told.</summary>
internal readonly record struct LinkSite(string Library, string File, string? Member, SourcePosition? Position);
