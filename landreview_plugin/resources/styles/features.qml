<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis labelsEnabled="0" version="3.40.6-Bratislava" styleCategories="Symbology|Labeling|Fields|Forms">
  <renderer-v2 referencescale="-1" type="RuleRenderer" symbollevels="0" enableorderby="0" forceraster="0">
    <rules key="{f1e4764f-9335-42fb-b80d-4f633161d886}">
      <rule symbol="0" key="{b6756b27-8248-433a-8d89-2c02e20e21e6}" label="参考要素 Reference feature"/>
    </rules>
    <symbols>
      <symbol type="fill" is_animated="0" name="0" force_rhr="0" alpha="1" frame_rate="10" clip_to_extent="1">
        <data_defined_properties>
          <Option type="Map">
            <Option value="" type="QString" name="name"/>
            <Option name="properties"/>
            <Option value="collection" type="QString" name="type"/>
          </Option>
        </data_defined_properties>
        <layer locked="0" id="{06dc46b4-2b42-453f-b752-7ab7520a8a34}" class="SimpleFill" enabled="1" pass="0">
          <Option type="Map">
            <Option value="3x:0,0,0,0,0,0" type="QString" name="border_width_map_unit_scale"/>
            <Option value="89,89,89,12,rgb:0.34901960784313724,0.34901960784313724,0.34901960784313724,0.04705882352941176" type="QString" name="color"/>
            <Option value="bevel" type="QString" name="joinstyle"/>
            <Option value="0,0" type="QString" name="offset"/>
            <Option value="3x:0,0,0,0,0,0" type="QString" name="offset_map_unit_scale"/>
            <Option value="MM" type="QString" name="offset_unit"/>
            <Option value="89,89,89,255,rgb:0.34901960784313724,0.34901960784313724,0.34901960784313724,1" type="QString" name="outline_color"/>
            <Option value="solid" type="QString" name="outline_style"/>
            <Option value="0.25" type="QString" name="outline_width"/>
            <Option value="MM" type="QString" name="outline_width_unit"/>
            <Option value="solid" type="QString" name="style"/>
          </Option>
          <data_defined_properties>
            <Option type="Map">
              <Option value="" type="QString" name="name"/>
              <Option name="properties"/>
              <Option value="collection" type="QString" name="type"/>
            </Option>
          </data_defined_properties>
        </layer>
      </symbol>
    </symbols>
    <data-defined-properties>
      <Option type="Map">
        <Option value="" type="QString" name="name"/>
        <Option name="properties"/>
        <Option value="collection" type="QString" name="type"/>
      </Option>
    </data-defined-properties>
  </renderer-v2>
  <selection mode="Default">
    <selectionColor invalid="1"/>
  </selection>
  <blendMode>0</blendMode>
  <featureBlendMode>0</featureBlendMode>
  <fieldConfiguration>
    <field name="layer" configurationFlags="NoFlag">
      <editWidget type="">
        <config>
          <Option/>
        </config>
      </editWidget>
    </field>
    <field name="source_fid" configurationFlags="NoFlag">
      <editWidget type="">
        <config>
          <Option/>
        </config>
      </editWidget>
    </field>
    <field name="attributes" configurationFlags="NoFlag">
      <editWidget type="">
        <config>
          <Option/>
        </config>
      </editWidget>
    </field>
  </fieldConfiguration>
  <aliases>
    <alias name="图层" field="layer" index="0"/>
    <alias name="源要素号" field="source_fid" index="1"/>
    <alias name="属性（JSON）" field="attributes" index="2"/>
  </aliases>
  <splitPolicies>
    <policy policy="Duplicate" field="layer"/>
    <policy policy="Duplicate" field="source_fid"/>
    <policy policy="Duplicate" field="attributes"/>
  </splitPolicies>
  <duplicatePolicies>
    <policy policy="Duplicate" field="layer"/>
    <policy policy="Duplicate" field="source_fid"/>
    <policy policy="Duplicate" field="attributes"/>
  </duplicatePolicies>
  <defaults>
    <default applyOnUpdate="0" expression="" field="layer"/>
    <default applyOnUpdate="0" expression="" field="source_fid"/>
    <default applyOnUpdate="0" expression="" field="attributes"/>
  </defaults>
  <constraints>
    <constraint unique_strength="0" field="layer" notnull_strength="0" constraints="0" exp_strength="0"/>
    <constraint unique_strength="0" field="source_fid" notnull_strength="0" constraints="0" exp_strength="0"/>
    <constraint unique_strength="0" field="attributes" notnull_strength="0" constraints="0" exp_strength="0"/>
  </constraints>
  <constraintExpressions>
    <constraint desc="" field="layer" exp=""/>
    <constraint desc="" field="source_fid" exp=""/>
    <constraint desc="" field="attributes" exp=""/>
  </constraintExpressions>
  <expressionfields/>
  <editform tolerant="1"></editform>
  <editforminit/>
  <editforminitcodesource>0</editforminitcodesource>
  <editforminitfilepath></editforminitfilepath>
  <editforminitcode><![CDATA[]]></editforminitcode>
  <featformsuppress>0</featformsuppress>
  <editorlayout>generatedlayout</editorlayout>
  <editable/>
  <labelOnTop/>
  <reuseLastValue/>
  <dataDefinedFieldProperties/>
  <widgets/>
  <layerGeometryType>2</layerGeometryType>
</qgis>
