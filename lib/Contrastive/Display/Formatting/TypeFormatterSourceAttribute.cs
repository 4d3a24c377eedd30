namespace Contrastive.Display;

/// <summary>
/// Names the class that makes a type's formatters. .NET Interactive and our own kernel look for an attribute of this name and these
/// properties, whoever defines it, so a value shows itself as a cell's last expression with no reference to either.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    public Type FormatterSourceType { get; } = formatterSourceType;

    public string[] PreferredMimeTypes { get; set; } = [];
}
