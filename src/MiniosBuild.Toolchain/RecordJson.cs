using System.Text.Json.Serialization;
using MiniosBuild.Toolchain.Discovery;
using MiniosBuild.Toolchain.Trees;

namespace MiniosBuild.Toolchain;

/// <summary>What builds keep for the next one. The compiler writes the readers: finding them out at run time takes longer than reading.</summary>
[JsonSourceGenerationOptions(IgnoreReadOnlyProperties = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Diagnostic))]
[JsonSerializable(typeof(ToolSet))]
[JsonSerializable(typeof(KeptRecipe))]
internal sealed partial class RecordJson : JsonSerializerContext;
