namespace MiniosBuild.ObjectFormats.Dwarf;

/// <summary>One attribute of an abbreviation (7.5.3).</summary>
/// <param name="Name">Which attribute.</param>
/// <param name="Form">How its value is stored.</param>
/// <param name="Constant">The value itself, of DW_FORM_implicit_const.</param>
internal readonly record struct AttributeSpecification(DwarfAttribute Name, DwarfForm Form, long Constant);
