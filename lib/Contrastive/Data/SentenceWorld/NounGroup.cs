namespace Contrastive.Data;

/// <summary>What a noun stands for, which decides what can be done to it.</summary>
internal enum NounGroup
{
    Person,
    Animal,
    Object,
    Food,
    Writing,
}
