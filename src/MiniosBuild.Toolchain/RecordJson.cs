using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using MiniosBuild.Toolchain.Discovery;
using MiniosBuild.Toolchain.Files;
using MiniosBuild.Toolchain.Trees;

namespace MiniosBuild.Toolchain;

/// <summary>What builds keep for the next one. The compiler writes the readers: finding them out at run time takes longer than reading.</summary>
[JsonSourceGenerationOptions(IgnoreReadOnlyProperties = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Diagnostic))]
[JsonSerializable(typeof(ToolSet))]
[JsonSerializable(typeof(KeptRecipe))]
[JsonSerializable(typeof(ReachedHeaders))]
[JsonSerializable(typeof(AllocatedCommons))]
internal sealed partial class RecordJson : JsonSerializerContext
{
    /// <summary>What a record holds; null when it is missing or damaged, which is to be made anew then.</summary>
    public static T? Load<T>(string path, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllBytes(path), type) : null;
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes a record as a whole.</summary>
    public static void Save<T>(string path, T value, JsonTypeInfo<T> type) => AtomicFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(value, type));
}
