namespace MiniosBuild.ObjectFormats.Dwarf;

/// <summary>One row of a line table (6.2.2): what the code from that address on was made from.</summary>
internal readonly record struct LineRow(ulong Address, uint File, uint Line, uint Column, bool IsStatement);
