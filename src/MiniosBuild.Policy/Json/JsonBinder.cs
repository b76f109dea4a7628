using System.Text.Json;
using MiniosBuild.Policy.Names;

namespace MiniosBuild.Policy.Json;

/// <summary>Binds JSON to what it stands for; every complaint names the JSON path, line and column.</summary>
/// <param name="file">What diagnostics call the file.</param>
/// <param name="code">The code of complaints about a property that is unknown, missing or not of its type.</param>
public abstract class JsonBinder(string file, string code)
{
    /// <summary>What diagnostics call the file.</summary>
    protected string FileName => file;

    /// <summary>Reads an object, property by property in the order in which they are declared, whatever the order in the file.</summary>
    /// <param name="value">The object.</param>
    /// <param name="start">What an object without properties stands for.</param>
    /// <param name="properties">All properties.</param>
    /// <param name="required">The name of one that has to be there; null for none.</param>
    /// <exception cref="DiagnosticException">The code of the binder, or what reading a property throws.</exception>
    protected internal T Bind<T>(JsonValue value, T start, IReadOnlyList<JsonProperty<T>> properties, string? required = null)
        where T : class
    {
        foreach (JsonMember member in Members(value))
        {
            if (!properties.Any(property => property.Name == member.Name))
            {
                string[] known = [.. properties.Select(property => property.Name)];
                throw Fail(code, member.Line, member.Column, $"{value.Path} has no property \"{member.Name}\"; {Meant(member.Name, known)}");
            }
        }

        foreach (JsonProperty<T> property in properties)
        {
            start = value[property.Name] is { } given ? property.Read(start, given) : start;
        }

        return required is null || value[required] is not null ? start : throw Invalid(value, $"lacks the property \"{required}\".");
    }

    protected internal string Text(JsonValue value) => Require(value, JsonValueKind.String).Text!;

    protected IReadOnlyList<JsonMember> Members(JsonValue value) => Require(value, JsonValueKind.Object).Members;

    protected IReadOnlyList<JsonValue> Elements(JsonValue value) => Require(value, JsonValueKind.Array).Elements;

    /// <summary>A value of an enumeration, by its name in lower case.</summary>
    protected internal T Choice<T>(JsonValue value)
        where T : struct, Enum =>
        EnumWords<T>.Find(Text(value)) ?? throw Invalid(value, $"is \"{value.Text}\"; expected {EnumWords<T>.Listed}.");

    protected static string Meant(string word, IReadOnlyList<string> known) =>
        NearestName.Find(word, known) is { } meant ? $"did you mean \"{meant}\"?" : "known are " + string.Join(", ", known);

    protected DiagnosticException Invalid(JsonValue value, string message) => Fail(code, value.Line, value.Column, $"{value.Path} {message}");

    protected DiagnosticException Fail(string other, int line, int column, string message) => new(Diagnostic.Error(other, message, file, line, column));

    private JsonValue Require(JsonValue value, JsonValueKind kind) => value.Kind == kind
        ? value
        : throw Invalid(value, $"is {JsonValue.Describe(value.Kind)}; expected {JsonValue.Describe(kind)}.");
}

/// <summary>A property of an object in a file.</summary>
/// <param name="name">Its name.</param>
/// <param name="read">What the object stands for, with the value of the property.</param>
public class JsonProperty<T>(string name, Func<T, JsonValue, T> read)
    where T : class
{
    public string Name => name;

    public T Read(T start, JsonValue value) => read(start, value);
}
